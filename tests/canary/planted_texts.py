"""The invented texts of the canary corpus. Each {word} is where an identifier of `planted.PLANTED` is put in."""

# ruff: noqa: E501  # prose

POST = """When the letter came I thought it was a mistake. {author_post} here again, writing up what people told us at the
drop-in this month. The leaflets say that support is there for anyone who wants it. The people round the table said
that nobody had asked them what they wanted. Tell us below what happened to you."""

COMMENTS = {
    # author: text; paragraphs are parted by a blank line
    "{author_comment}": "My adviser was {plain_1} and she listened from the first day. She rang me on {mobile_1} to ask how "
    "the interview went, which nobody had done before.\n\nI still think about how different the second place was.",
    "Jo": "I was sent to {caps_1} at the second provider. HE NEVER LOOKED UP FROM THE SCREEN. My letters went to {postcode_1} "
    "for months after I had moved, and then they stopped my money because I had not answered.",
    "{misspelt_1_right}": "They made me sign a plan I had not read. I was told that if I did not go to the warehouse they would "
    "stop my money. You can find me on Twitter as {handle_1} if you want to talk about it.",
    "Pat": "I agree with what {misspelt_1} wrote above. It is the waiting that makes you ill. You can write to {email_1} if "
    "you need somebody to go with you to the assessment.",
    "Bev": "It was {possessive_1} idea that I try two mornings a week, and it worked. The café was kind about bad days.",
    "Sam": "The nurse, {entity_1}, wrote a letter for me in ten minutes. The assessor did not read it.\n\nMy whole story "
    "is at {url_1} for anyone who wants to see the paperwork.",
    "Chris": "They read out my number, {ni_1}, in front of the whole room and asked whether I was still depressed. I have "
    "not been back since. {possessive_2} manager said sorry, but a year later.",
    "{misspelt_2_right}": "I found work on my own in the end. The course taught me to write a CV that I already had.",
    "Lee": "Like {misspelt_2} said, the course was no use to me. My brother rang {mobile_2} every week for a month to get me "
    "off it, and in the end {entity_2} at the advice centre did it in a day.",
}

STORIES = (
    """I worked in a kitchen for nine years before I became ill. My first adviser was {split_1}, who asked what I could
manage before she asked anything else. We agreed on a plan together, and she kept to it when her targets changed.

After the contract moved I was given to {caps_2} instead. He told me that everybody has bad days. When I asked to see
somebody else I was told that I would be reported for not taking part. My sister, {plain_2}, came with me to the
next appointment and wrote down what was said.

They have my address as {postcode_2} and my national insurance number as {ni_2}, and they still sent the letter to
somebody else. I found out from a neighbour that my benefit had been stopped.
""",
    """I am a carer for my son. He was told to go to a placement in a charity shop or lose his money. He went because he was
frightened. By the second week he was not sleeping. His doctor wrote that he should stop, and {nfd_1} at the job centre
said that the letter did not count.

I rang {mobile_3} and was passed from one desk to the next. In the end {zero_width_1} took the time to read the file and put
it right. I have kept {zero_width_2} in my prayers ever since. His hospital number is {nhs_1} and nobody asked for it.

What helped was the gardening group. There was no form to fill in. People came when they could.
""",
    """People think that support means help. For me it meant a woman called {plain_3} ringing twice a day to ask whether I had
applied for the jobs she had sent. They were night shifts. I had told her that I take my tablets at night.

I complained to {email_2} and had an answer after eleven weeks. By then my rent was late. My support worker
{split_2} found me a place on a course that I had chosen myself, and that was the first good thing in two years.

There is a photograph of the letter at {url_2}. I am not ashamed of it any more.
""",
    """My employer did it properly. When I came back after the breakdown my supervisor, {plain_4}, let me start at ten. Nobody made
a fuss. {possessive_3} door was open whenever I needed ten minutes to myself.

The people at the scheme were less kind. They put my NHS number, {nhs_2}, on the front of the envelope. A man who
signed himself {caps_3} wrote that I was fit for any work.

I would tell anyone in this place to take somebody with them. {split_3} came with me and it changed how they spoke.
""",
    """I am writing this for my husband, who will not. The assessor was called {nfd_2} and the whole thing took eleven minutes. He
scored no points. We appealed and won, and it took fourteen months of our lives.

If anyone needs a hand with the forms they can reach me at {email_3} or as {handle_2} on the forum. We live at
{postcode_3} and the kettle is always on.
""",
)

DOCX_STORY = """I was a teaching assistant until the panic attacks began. The first person who helped was {plain_5}, at the library job
club. She never once mentioned a target.

Then I was moved to the other building. {split_4} signed the form that stopped my money. I was told by {caps_4}
that there was no appeal, which was not true. I have the text message still, from {mobile_4}.

My national insurance number is {ni_3} and I know it by heart now, because every week somebody asks for it and every
week somebody types it in wrong. What I want is for one person to know my name and my work.
"""

ANSWERS = (
    # what helped, what would have helped: one respondent each
    ("My key worker {plain_6} stayed with me through three changes of contract.", "Being asked what I wanted to do."),
    ("{possessive_4} patience. She let me cry and did not write it down.", "A choice about who I see."),
    ("Nothing helped. They sent the form to {postcode_4}, where I have never lived.", "Somebody who answers letters."),
    ("The volunteer {zero_width_3} who drove me there.", "A bus fare that comes before the appointment."),
    ("A man called {nfd_3} at the advice shop.", "Less shouting and more listening."),
    ("I wrote to {email_4} and a real person answered.", "Not being threatened every week."),
    ("The group on {url_3} told me what my rights were.", "Plain letters without threats."),
    ("Talking to {handle_3} on the forum at night.", "A nurse in the building."),
    ("Only {entity_3}, who knew the rules.", "Time to get well before looking for work."),
    ("My physiotherapist wrote my number as {nhs_3} and they lost it anyway.", "Keeping my papers safe."),
    ("I agree with {misspelt_3} that the reading room was the best of it.", "More of the reading room."),
    ("The walking group, because nobody asked me for proof.", "A slower start, two mornings to begin with."),
    ("My daughter filled in the forms.", "Help for the family as well, because they carry it all."),
    ("Nobody. I was passed about for a year.", "One adviser from start to end."),
    ("A placement in a nursery garden which I chose.", "Work that fits round my treatment."),
    ("n/a", "n/a"),
    ("My old boss kept my place open for me.", "Employers who understand bad days."),
    ("The choir. It got me out of bed on Mondays.", "Fewer courses about how to write a CV."),
    ("I was sanctioned for missing a meeting while in hospital.", "Not taking money from people who are ill."),
    ("The adviser at the second place understood anxiety.", "Training for the advisers."),
    ("They paid for my bus pass for a month.", "Transport in the villages."),
    ("A mentor who had been ill as well.", "Mentors who have been there."),
    ("Being believed.", "Being believed sooner."),
    ("The scheme found me a job which lasted six days.", "A job which lasts."),
)

SHEET_ANSWERS = (
    # author, answer
    ("{author_survey}", "The appointments were kind but always late, and I lost two days of work for each."),
    ("{misspelt_3_right}", "The reading room was warm and nobody hurried me."),
    ("", "I was told to apply for thirty jobs a week and counted every one of them."),
    ("", "The taxi driver knew more about my condition than the assessor did."),
    ("", "My confidence came back when I began to help in the kitchen there."),
    ("", "They changed the rules between one visit and the next and blamed me for it."),
)
