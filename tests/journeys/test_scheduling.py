"""A time is set by keys: the picker of one field does not lie over the next."""

from playwright.sync_api import Page, expect

from tests.homes import RealHome
from tests.journeys.desk_steps import Desk
from tests.journeys.serving import Serve


def test_the_picker_of_a_field_closes_when_one_goes_on_to_the_next(
    page: Page, demo_site: Serve, demo_home: RealHome
) -> None:
    desk = Desk(page, f"http://localhost:{demo_site.port}")
    desk.log_in_from(demo_home.path / "keys" / "first-login.txt")
    page.goto(f"{desk.site}/desk/stories/edit/3/")
    page.locator("[data-side-panel-toggle=status]").click()
    page.get_by_role("button", name="Set schedule").click()
    pickers = page.locator(".xdsoft_datetimepicker:visible")
    # Through the first field by two keys, quicker than its picker opens; not by a click, which closes what stands open.
    page.locator("#id_go_live_at").fill("2030-12-02 10:30")
    page.keyboard.press("Tab")
    expect(page.locator("#id_expire_at")).to_be_focused()
    page.wait_for_function("jQuery('#id_expire_at').data('xdsoft_datetimepicker').is(':visible')")
    expect(pickers).to_have_count(1)
    assert page.locator("#id_go_live_at").input_value() == "2030-12-02 10:30"
    page.get_by_role("button", name="Save schedule").focus()
    expect(pickers).to_have_count(0)
