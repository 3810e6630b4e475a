from themes.read.html_text import parse, text_of


def the_text(html, **options):
    return text_of(parse(html).body, **options)


def test_paragraphs_lines_and_spaces_are_as_a_browser_shows_them():
    html = "<p>One   two<br>three</p><div>four<b>five</b> <i>six</i></div><ul><li>seven</li><li>eight</li></ul>nine"
    assert the_text(html + "<br><br>ten")[0] == "One two\nthree\n\nfourfive six\n\nseven\neight\n\nnine\n\nten"


def test_scripts_forms_and_what_is_skipped_are_left_out():
    html = "<p>a</p><script>b</script><form>c</form><p class=x>d<b>e</b></p><!-- f --><template>g</template>"
    assert the_text(html, skip=lambda node: node.attributes.get("class") == "x")[0] == "a"


def test_quotations_are_marked_once_however_deep():
    text, spans = the_text(
        "<p>I say</p><blockquote><p>one</p><blockquote>two</blockquote></blockquote><p>no <q>you</q>.</p>"
    )
    assert (text, [span.of(text) for span in spans]) == ("I say\n\none\n\ntwo\n\nno you.", ["one\n\ntwo", "you"])


def test_link_targets_are_kept_where_they_may_name_somebody():
    html = (
        '<a href="https://example.org/jo">here</a> <a href="#top">up</a> <a href="https://example.org">example.org</a>'
    )
    assert the_text(html)[0] == "here (https://example.org/jo) up example.org"
    assert the_text(html, links=False)[0] == "here up example.org"
