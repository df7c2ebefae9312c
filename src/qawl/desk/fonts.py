"""The fonts of the desk, from the packages that bring them: no browser has to fetch any from elsewhere.

IBM Plex Sans Arabic for the desk, Amiri (a Naskh) for articles; both under the SIL Open Font License.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import Final

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from qawl.desk.static import FOR_EVER

_FONTS: Final = {
    "sans-400.ttf": ("fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic-Regular.ttf"),
    "sans-600.ttf": ("fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic-SemiBold.ttf"),
    "naskh-400.ttf": ("fontpkg_amiri", "Amiri-Regular.ttf"),
    "naskh-700.ttf": ("fontpkg_amiri", "Amiri-Bold.ttf"),
}

router = APIRouter(include_in_schema=False)


@router.get("/fonts/{name}")
def font(name: str) -> Response:
    """One of the fonts."""
    if name not in _FONTS:
        raise HTTPException(404)
    package, file = _FONTS[name]
    with as_file(files(package) / "files" / file) as path:
        return Response(path.read_bytes(), media_type="font/ttf", headers={"Cache-Control": FOR_EVER})
