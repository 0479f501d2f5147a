"""`make bench`."""

from bench import effects, loading, pages

effects.run()
loading.run()
pages.run()
