"""`make bench`."""

from bench import loading, pages

loading.run()
pages.run()
