from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "tandem.people"
    label = "people"

    def ready(self) -> None:
        from tandem.core.clock import set_company_timezone
        from tandem.core.languages import set_company_languages
        from tandem.people import (
            events,  # noqa: F401 - registers the sentences
            found,
        )
        from tandem.people.queries import company_languages, company_timezone_name

        set_company_timezone(company_timezone_name)
        set_company_languages(company_languages)
        found.register()
