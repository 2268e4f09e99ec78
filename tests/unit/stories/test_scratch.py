import time, cProfile, pstats
import pytest
from tests.factories import make_newsroom
pytestmark = pytest.mark.database
def test_a(db, media):
    t=time.time(); n=make_newsroom(); print("newsroom", time.time()-t)
    t=time.time(); s=n.draft(); print("draft", time.time()-t)
    t=time.time(); s=n.publish(s); print("publish", time.time()-t)
    p=cProfile.Profile(); p.enable(); s=n.published(); n.edit(s, headline="x"); p.disable()
    pstats.Stats(p).sort_stats("cumtime").print_stats(45)
