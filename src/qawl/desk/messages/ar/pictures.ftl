pictures-table = الأرقام في جدول
pictures-when = المدة
