"""The form with the districts of a city: a name in each language, and further ones, one a line."""

from collections.abc import Sequence
from typing import Any, Self, cast

from flask_babel import gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, TextAreaField

from citizen.cities.districting import DistrictDraft
from citizen.cities.models import City
from citizen.cities.outlines import MAX_NAME
from citizen.core.forms import PageForm, line, text
from citizen.core.i18n import own_name


class DistrictsForm(PageForm):
    """Fields `name_<place>_<language>` and `without_<place>` for each district that is there, by its place."""

    added: TextAreaField
    outlines: FileField
    known: Sequence[DistrictDraft]
    languages: list[str]

    @classmethod
    def of(cls, city: City, known: Sequence[DistrictDraft]) -> Self:
        fields: dict[str, Any] = {"known": known, "languages": city.languages}
        for place in range(len(known)):
            fields |= {f"name_{place}_{code}": line(own_name(code), MAX_NAME) for code in city.languages}
            fields[f"without_{place}"] = BooleanField(_("Remove"))
        fields["added"] = text(_("Add districts, one a line"), 20_000, rows=5)
        fields["outlines"] = FileField(_("Outlines from a GeoJSON file"))
        data = {f"name_{place}_{code}": name for place, draft in enumerate(known) for code, name in draft.name.items()}
        return cast(Self, type("CityDistricts", (cls,), fields)(data=data))

    def drafts(self) -> list[DistrictDraft]:
        """All districts as they were typed, without those to be removed."""
        kept = [
            DistrictDraft(self._names(place), draft.code, draft.outline)
            for place, draft in enumerate(self.known)
            if not self[f"without_{place}"].data
        ]
        lines = [name.strip() for name in (self.added.data or "").splitlines() if name.strip()]
        return [*kept, *(DistrictDraft({self.languages[0]: name}) for name in lines)]

    def fields_of(self, place: int) -> list[tuple[str, Field]]:
        """For the page: each language's code and field."""
        return [(code, self[f"name_{place}_{code}"]) for code in self.languages]

    def _names(self, place: int) -> dict[str, str]:
        return {code: field.data for code, field in self.fields_of(place) if field.data}
