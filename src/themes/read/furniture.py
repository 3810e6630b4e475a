"""The language of page furniture: what content management systems, banners and forms say, not people.

Rules are for whole lines, written from what WordPress, Drupal, Blogger, Disqus forms, cookie banners and charity
footers print. `CONTROLS` may stand inside a comment; the rest only around an article.
"""

import re
from collections.abc import Iterable

_MARKS = "«»‹›←→↑↓↵•·|*✓✔✖×▲▼>–—-"


def _rules(text: str) -> re.Pattern[str]:
    """One pattern of many, each on a line of its own, for a whole line in any case."""
    return re.compile("|".join(f"(?:{rule.strip()})" for rule in text.strip().splitlines()), re.IGNORECASE)


CONTROLS = _rules(
    r"""
    reply( to (this )?(comment|post))?
    log ?in to (reply|comment|leave a comment)
    cancel reply
    quote
    permalink
    edit
    delete
    like
    unlike
    up ?vote
    down ?vote
    flag
    (show|hide|view|load) (more )?repl(y|ies)
    report( (this )?(comment|abuse|post|as inappropriate))?
    share( this comment)?
    your comment is awaiting moderation\.?
    \d+ (likes?|votes?|points?|repl(y|ies))
    avatar
    """
)

FORM_STARTS = _rules(
    r"""
    (leave|post|add|write|submit|make) (a |your |an? new )?(reply|comment|response)( (to|below|here).{0,80})?
    join (the|this) (conversation|discussion)
    comments (are|have been) (now )?(closed|off|disabled)\.?
    """
)

FORM = _rules(
    r"""
    ((your |first |last )?name|(your )?e-?mail( address)?)( ?\(?(required|optional)\)?)?( ?[*:])*
    (website|url|(your )?comment|message|subject)( ?\(?(required|optional)\)?)?( ?[*:])*
    your e?-?mail( address)? (will|is) (not|never|kept).{0,80}
    required fields are marked.{0,20}
    we will (not|never) (publish|show|display|share) your.{0,60}
    \(?(please )?(tick|check|untick).{0,30}\byour name\b.{0,80}
    please wait( ?\.{3}|…)?
    loading( ?\.{3}|…)?
    (post|submit|send|publish|add)( (a|your|my))?( comment| reply)?
    notify me (of|by|when).{0,80}
    save my name.{0,100}
    (prove|confirm|check) (that )?you( a|')re (a )?human.{0,40}
    i'?m not a robot
    this site uses akismet.{0,120}
    learn how your comment data.{0,40}
    you (may|can) use these html tags.{0,200}
    you must be logged in.{0,60}
    comment policy.{0,60}
    (captcha|recaptcha).{0,80}
    (indicates |= ?)?required( fields?)?
    """
)

END_OF_ARTICLE = _rules(
    r"""
    this entry was posted (in|on|by)\b.{0,200}
    (posted|filed) (in|under)\b:?.{0,120}
    bookmark the permalink.{0,40}
    (tags?|tagged|categor(y|ies)|topics?|labels)( (as|with))?:.{0,160}
    tagged .{1,80}(?<![.!?])
    (back|return) to (the )?(previous page|top( of page)?|blogs?|news|all .{1,30}|home ?page|list|index).{0,20}
    (previous|next|older|newer)( (post|article|story|entry|page|comment)s?(:.{0,120})?)?
    related (posts?|articles?|stories|content|pages|reading|news)
    you (may|might) also (like|be interested in).{0,40}
    more (from this (author|section|blog)|news|stories|like this)
    recent (posts|comments|news)
    most (read|popular)
    (please )?donate( (now|today|here|online|to .{1,40}))?
    make a donation.{0,40}
    (please )?support (us|our work)( today)?
    subscribe( (to|for|now|via|by).{0,80})?
    sign up( (to|for|now|here).{0,80})?
    join our mailing list.{0,40}
    newsletter( sign.?up)?
    stay in touch
    keep in touch
    follow us( on .{1,60})?
    (copyright|©|\(c\)).{0,160}
    all rights reserved\.?
    registered charity\b.{0,160}
    a company limited by guarantee.{0,160}
    powered by.{0,60}
    (proudly )?(built|made|designed) (with|by|in).{1,60}
    site ?map
    terms (and|&) conditions
    terms of use
    we (take care to |will )?(protect|respect|value).{0,60}\b(privacy|personal (data|information))\b.{0,100}
    for (more )?information (on|about) how we use your.{0,120}
    (read |see |check out )?(our )?privacy (policy|notice|statement)\.?
    """
)

AROUND = _rules(
    r"""
    (skip|jump) to (main |the )?(content|navigation|search)
    (main )?menu
    (toggle )?navigation
    search( (for|this site).{0,40})?
    close
    open
    home
    blogs?
    news
    print( this)?( page| article)?
    e?mail (this|to a friend).{0,40}
    accessibility
    contact us( .{1,40})?
    share( (this|on|via|with)\b.{0,60})?:?
    tweet( this)?
    like this:?
    click to (share|email|print).{0,80}
    pin it
    (facebook|twitter|x|linkedin|whatsapp|pinterest|reddit)([ ,|/]+(facebook|twitter|linkedin|email|rss))*
    tumblr|instagram|youtube|google\+?|email|rss
    (accept|allow|reject|decline|manage|change)( all)?( (cookies?|preferences|settings|my choices))?
    ok
    got it!?
    i (agree|accept|understand)
    \d+ (comments?|responses?|repl(y|ies)|shares?|views?|min(ute)?s? read)
    no comments( yet)?
    leave a comment
    (read|find out|see|learn|discover|know|show) more( (about|on|here)\b.{0,60})?
    continue reading.{0,80}
    more(\.{3}|…)
    (see|find out|discover|read about|learn) (what|how) (we|our|you can)\b.{0,60}(?<![.!?])
    (you are here|breadcrumb):?.{0,100}
    home ?[>»/›|].{0,160}
    (advertisement|sponsored|promoted)( content)?
    (views|hits|page views):? \d+
    (last )?updated(:| on)? \d.{1,40}
    (text size|font size).{0,20}
    listen to this (page|article)
    """
)

CREDIT = _rules(
    r"""
    (image|photo(graph)?|picture|illustration)s?( credits?| courtesy)?\s*(\b(by|from|via)\b|:|©).{1,100}(?<![.!?])
    """
)

TEASER_HEADINGS = _rules(
    r"""
    (help,? )?(information|advice)( (and|&) (support|advice|help|guidance))?
    (get|find) (help|support|involved|in touch)
    share your (story|stories|experiences?|views?)( with (others|us))?
    tell us your story
    your stories
    real( life)? stories
    (take action|act now|campaign with us|our campaigns|volunteer|fundrais\w+)( (for|with) us)?
    support our (work|campaigns?)
    join us( .{1,60})?
    become a (member|supporter|campaigner|volunteer|friend)
    about (us|this blog|the author)
    who we are
    need (help|support)\??
    """
)
"""Headings of the boxes below an article; each takes the one paragraph after it along."""

MOST_CAPTION_WORDS = 6
_SMALL_IN_CAPTIONS = frozenset(
    ("a", "an", "and", "at", "by", "de", "for", "from", "in", "of", "on", "the", "to", "van", "von", "with")
)
# Told in capitals, too, these are verbs or speak of people: a heading, not the name of what a picture shows.
_NOT_IN_CAPTIONS = frozenset((
    "am", "are", "be", "been", "being", "can", "can't", "could", "did", "do", "does", "don't", "get", "go",
    "had", "has", "have", "he", "help", "her", "his", "how", "i", "i'm", "is", "isn't", "it", "it's", "its",
    "let", "let's", "make", "may", "might", "more", "must", "my", "need", "next", "no", "not", "our", "shall",
    "she", "should", "stop", "take", "that", "their", "they", "this", "time", "us", "was", "we", "were", "what",
    "when", "where", "who", "why", "will", "won't", "would", "you", "your",
))  # fmt: skip

COOKIES = re.compile(r"(?i)\bcookies?\b")
_COOKIE_TALK = re.compile(
    r"(?i)\b(?:uses?|using|accept|consent|agree|settings|policy|preferences|improve|experience|essential|third.party)\b"
)

_PROMISES = {
    "email address not published": _rules(
        r"""
        \be-?mail( address)? (will|is) (not|never) (be )?(published?|appear|displayed|shown|made public|shared)
        \be-?mail.{0,30}\bkept private
        will (not|never) (publish|show|display|share) your e-?mail
        """
    ),
    "name hidden on request": _rules(
        r"""
        (tick|check|click|select).{0,40}\b(hide|withhold|remove) your name
        your name (can|will|may) be (hidden|withheld)
        (comment|post|reply) anonymously
        """
    ),
    "personal data protected": _rules(r"(protect|respect).{0,30}\b(personal (data|information)|privacy)\b"),
    "answers anonymous": _rules(
        r"(answers?|responses?|stor(y|ies)|comments?) (will|are|is) (be )?(kept |treated as )?(anonymous|confidential)"
    ),
}


def bare(line: str) -> str:
    """The line without the arrows, bullets and asterisks around it."""
    return line.strip().strip(_MARKS + "[]").strip()


def is_control(line: str) -> bool:
    """Whether the line is a button or a link under a comment, or part of the form."""
    words = bare(line)
    return bool(words and (CONTROLS.fullmatch(words) or FORM.fullmatch(words)))


def starts_form(line: str) -> bool:
    return bool(FORM_STARTS.fullmatch(bare(line)))


def ends_article(line: str) -> bool:
    """Whether what follows is below the article, if little follows."""
    return bool(END_OF_ARTICLE.fullmatch(bare(line))) or starts_form(line)


def is_furniture(line: str) -> bool:
    """Whether a line around an article is furniture.

    >>> is_furniture("« Back to previous page"), is_furniture("He went back to the previous adviser.")
    (True, False)
    """
    words = bare(line)
    if not words:
        return bool(line.strip())
    if any(rule.fullmatch(words) for rule in (AROUND, CREDIT, END_OF_ARTICLE, FORM, FORM_STARTS, CONTROLS)):
        return True
    return len(words.split()) <= 40 and bool(COOKIES.search(words) and _COOKIE_TALK.search(words))


def is_teaser_heading(line: str) -> bool:
    return bool(TEASER_HEADINGS.fullmatch(bare(line)))


def is_credit(line: str) -> bool:
    """Whether the line says whose a picture is: the page had one, whose caption may stand somewhere, too."""
    return bool(CREDIT.fullmatch(bare(line)))


def is_caption(line: str) -> bool:
    """Whether a line below the title of a page with a picture can be the picture's caption.

    A few words in capitals, without a verb that we know and without a mark at the end: what a picture shows. A
    caption in small letters looks like a sentence and stays, for no sentence may be lost.

    >>> is_caption("Example Town Hall at Night"), is_caption("What we think"), is_caption("They Were Kind.")
    (True, False, False)
    """
    words = bare(line).replace("’", "'").split()
    if not 1 < len(words) <= MOST_CAPTION_WORDS or not words[-1][-1].isalnum():
        return False
    return all(
        word in _SMALL_IN_CAPTIONS or (word[0].isupper() and word.casefold() not in _NOT_IN_CAPTIONS) for word in words
    )


def promises_in(lines: Iterable[str]) -> tuple[str, ...]:
    """What a comment form promises, in our words, in a fixed order: kept with each text for ever.

    >>> promises_in(["Your email address will not appear on the site"])
    ('email address not published',)
    """
    page = "\n".join(lines)
    return tuple(name for name, rule in _PROMISES.items() if rule.search(page))
