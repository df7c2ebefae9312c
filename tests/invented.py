"""Articles for tests: invented news about invented people, as many as are wanted, always the same."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from qawl.article import Article

_PEOPLE = (
    "وزير الري سالم الغامري",
    "المتحدثة باسم البلدية هند الراسي",
    "مدير الميناء عادل البكري",
    "النائبة ليلى الصواف",
    "رئيس نادي الشراع نبيل العامودي",
    "الخبير الاقتصادي فارس النجدي",
    "قائد الدرك حازم المرادي",
    "سفيرة جمهورية سهلان رنا الخولي",
)
_CUES = (
    "قال {who} إن {what}.",
    "وأكدت مصادر في الوزارة أن {what}.",
    "وأضاف أن {what}.",
    'وصرح {who} للصحفيين: "{what}".',
    "ونفى {who} أن {what}.",
    "وأوضح {who}، خلال مؤتمر صحفي، أن {what}.",
    "وحذر {who} من أن {what}.",
    "وبحسب {who}، فإن {what}.",
)
_THINGS = (
    "السد {place} امتلأ بعد أمطار {season}",
    "أعمال الطريق الساحلي في {place} ستنتهي قبل {season}",
    "المدارس في {place} ستفتح أبوابها مع بداية {season}",
    "أسعار القمح في أسواق {place} لن ترتفع هذا العام",
    "المفاوضات حول مياه نهر العذيب تعثرت في {place}",
    "المستشفى الجديد في {place} يحتاج إلى ثلاثمئة ممرضة",
    "شبكة الكهرباء في {place} لا تكفي لحاجة السكان خلال {season}",
    "موسم الزيتون في {place} جاء أفضل من العام الماضي",
    "القطار بين العاصمة و{place} سيسير مرتين في اليوم",
    "الحكومة لن تبيع أراضي {place} لأي مستثمر",
    "عدد الزوار في متحف {place} تضاعف منذ {season}",
    "فريق كرة السلة في {place} سيلعب على أرضه في {season}",
)
_PLACES = (
    "وادي النخل",
    "مرسى الزين",
    "تل الريحان",
    "عين البيضاء",
    "خور السدر",
    "جبل العرعر",
    "رأس الحمام",
    "السهل الأوسط",
)
_SEASONS = ("الشتاء", "الربيع", "الصيف", "الخريف", "العيد", "الحصاد")
_FILLERS = (
    "واستمر الاجتماع في {place} ثلاث ساعات.",
    "ويقع الحي القديم على بعد كيلومترين من وسط {place}.",
    "وكانت الأعمال قد بدأت في {season} الماضي.",
    "ويسكن {place} نحو أربعين ألف نسمة.",
)
OUTLETS = ("صحيفة الضفة", "وكالة المرفأ للأنباء", "قناة السهل")


def text(random: Random) -> str:
    """Headline, blank line and three paragraphs; every draw is another text."""

    def filled(form: str) -> str:
        what = random.choice(_THINGS).format(place=random.choice(_PLACES), season=random.choice(_SEASONS))
        places = {"place": random.choice(_PLACES), "season": random.choice(_SEASONS)}
        return form.format(who=random.choice(_PEOPLE), what=what, **places)

    paragraphs = [
        " ".join(filled(random.choice(_CUES + _FILLERS)) for _ in range(random.randint(2, 4))) for _ in range(3)
    ]
    headline = filled("{who}: {what}")
    return "\n\n".join([headline, *paragraphs])


def articles(number: int, seed: int = 1) -> list[Article]:
    """So many articles, each with an address, an outlet and a day; of every twenty one is a copy of another outlet's,
    one a later version of an earlier one, and one has no address."""
    random = Random(seed)
    found: list[Article] = []
    for n in range(number):
        own = text(random)
        url = f"https://news{n % 3}.example/{seed}/{n}"
        if n % 20 == 11:
            own = found[random.randrange(n)].text
        elif n % 20 == 17:
            url = next(a.url for a in reversed(found) if a.url) or url
        headline = (0, own.index("\n"))
        published = date(2024, 3, 1) + timedelta(days=n % 40)
        no_address = n % 20 == 5
        found.append(
            Article(
                own, f"{seed}-{n}", OUTLETS[n % 3], None if no_address else url, published, headline, ("هدى الصيرفي",)
            )
        )
    return found
