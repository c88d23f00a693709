"""The lines that sites print around a post."""

from __future__ import annotations

import pytest

from weeknote.syntax.boilerplate import find_furniture, is_furniture

CLOSING = (
    *("3 thoughts on “Maps”", "One comment on “Maps”", "Comments are closed.", "Leave a reply", "Post a comment"),
    *("Write a comment…", "No responses yet", "Reply via email", "Toast this post", "Schreibe einen Kommentar"),
    *("Laisser un commentaire", "Geef een reactie", "Deja un comentario", "Lascia un commento", "Older posts"),
    *("Deixe um comentário", "Post navigation", "Beitragsnavigation", "Berichtnavigatie", "Navigation de l’article"),
    *("Recent Posts", "Read next", "Blog Archive", "Related:", "Ähnliche Beiträge", "Gerelateerd", "Correlati"),
    *("Articles similaires", "Entradas relacionadas", "You may also like", "Discussion about this post"),
    *("Recommended from Medium", "Sign up for more like this.", "Subscribe to our newsletter", "Enter your email"),
    *("Type your email…", "Deine E-Mail-Adresse wird nicht veröffentlicht.", "Copyright 2024", "© 2024 Ada"),
    *("Je e-mailadres wordt niet gepubliceerd.", "Votre adresse e-mail ne sera pas publiée.", "Back to top"),
    *("Don’t miss what’s next. Subscribe", "Is this page useful?", "Nach oben", "Retour en haut"),
    *("Save my name for next time", "Notify me of new posts", "Want to change how you receive these emails?"),
    *("To view or add a comment, sign in", "Top comments (3)", "Follow @ada on Mastodon", "Powered by WordPress"),
    *("Built with Hugo", "Theme by Ada", "Blog at WordPress.com.", "Proudly powered by WordPress"),
    *("Reply by email", "Leave a comment Cancel reply", "Post Comment", "Δ", "Older Entries", "Recent Comments"),
    *("About the author", "See all from Ada", "Read more posts by this author", "You might also like", "Webmentions"),
    *(
        "Ready for more?",
        "Substack is the home for great culture",
        "Theme: Twenty Twenty by WordPress",
        "2 Webmentions",
    ),
    *("Create a website or blog at WordPress.com", "Report this content", "Close and accept", "Subscribe Subscribed"),
    *("Subscribe for free to receive new posts", "Comment on Mastodon", "Edit this page on GitHub", "Suggest an edit"),
    *("Privacy & Cookies: This site uses cookies.", "Design a site like this with WordPress.com", "前の記事:地図"),
    *("Kommentar verfassen", "Lämna en kommentar", "Legg igjen en kommentar", "Skriv en kommentar", "相关文章"),
    *("Jätä kommentti", "Napsat komentář", "Dodaj komentarz", "コメントを残す", "関連記事", "次の記事へ", "发表回复"),
    *("Was this page helpful?", "Related articles", "Related pages:", "この記事をシェア", "上一篇:地图", "下一篇"),
    *("Sharing and comments", "Related content and links", "Reader Interactions"),
    *("Newer posts", "Unsubscribe", "Vložit komentář", "发表评论", "相关推荐", "相关阅读", "関連エントリー"),
)
AROUND = (
    *("2 Comments", "No comments yet", "Click to share on Mastodon", "Share on Mastodon", "Posted in Maps"),
    *("Published by Ada", "Filed under Maps", "Tagged: maps", "Veröffentlicht in Maps", "Geplaatst in Kaarten"),
    *("Publié dans Cartes", "Publicado en Mapas", "Verschlagwortet mit Karten", "Share this:", "Like this:"),
    *("Teilen mit:", "Gefällt mir:", "Loading…", "Comparte esto:", "Me gusta esto:", "Mi piace:", "Partager :"),
    *("Dit delen:", "Vind ik leuk:", "Compartilhar:", "Condividi:", "Previous post", "Next: Week 13", "Previous"),
    *("Vorheriger Beitrag", "Nächster Beitrag", "Article suivant", "Volgend bericht", "← Maps", "Maps →"),
    *("Thanks for reading Maps! Subscribe for free", "Subscribe now", "Email ThisBlogThis!", "View all posts by Ada"),
    *("Dela detta:", "Gilla:", "Del dette:", "Lik dette:", "Deel dit:", "J’aime ça :", "Sdílet:", "Udostępnij:"),
    *("Written by Ada", "More from Ada", "Tags: maps", "Labels: maps", "Kategorien: Karten", "Schlagwörter: Karten"),
    *("Categories: maps", "J'aime ça :"),
)
WORDS = (
    *(
        "Maps",
        "Comments on the plan",
        "Related work",
        "Sharing what we know",
        "Reading",
        "Tags",
        "Theme",
        "Loading bays",
    ),
    *("About the authority", "Ready for more rain?", "We", "Webmentions are back", "Edit the map", "この記事について"),
    *("Manage the budget", "Theme: maps", "Abroad", "次の目標", "Skriv klart rapporten", "Report this week"),
    *("Previous weeks were shorter", "Older people’s services", "Subscribe and save", "Postal votes", "", " "),
)


@pytest.mark.parametrize("line", CLOSING)
def test_a_line_printed_only_after_a_post_is_closing(line: str) -> None:
    """Such a line ends the note."""
    assert find_furniture([line], 0, 1) == {0: True}


@pytest.mark.parametrize("line", AROUND)
def test_a_line_printed_on_either_side_of_a_post_is_not_closing(line: str) -> None:
    """It is the site's, but the note may go on below it."""
    assert find_furniture([line], 0, 1) == {0: False}


@pytest.mark.parametrize("line", WORDS)
def test_words_that_only_begin_like_furniture_are_the_authors(line: str) -> None:
    """A line has to be furniture as a whole."""
    assert not is_furniture(line)
