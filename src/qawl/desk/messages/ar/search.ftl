search-title = البحث في الأقوال
