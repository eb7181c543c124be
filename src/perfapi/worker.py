"""The worker process: effects of events, schedules, aggregates and long operations."""

from perfapi.adapters.mail import open_mailer
from perfapi.core import discovery, jobs, logging
from perfapi.core.db import create_engine, create_sessions
from perfapi.core.settings import WrongSettings, load_settings


def main() -> None:
    settings = load_settings()
    if settings.database_worker_url is None or settings.redis_url is None:
        raise WrongSettings(
            "PERFAPI_DATABASE_WORKER_URL and PERFAPI_REDIS_URL: the worker needs both"
        )
    logging.configure(settings.log_format, settings.log_level)
    # Tables refer to each other: a flush needs all of them, whatever the jobs themselves import.
    list(discovery.modules("models"))
    list(discovery.modules("jobs"))
    engine = create_engine(settings.database_worker_url, pool_size=settings.database_pool_size)
    sessions = create_sessions(engine, mailer=open_mailer(settings))
    worker = jobs.create_worker(sessions, settings.redis_url)
    worker.run()


if __name__ == "__main__":
    main()
