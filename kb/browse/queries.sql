-- The questions that users ask most, as canned queries of Datasette. Every one is a SELECT over the public views.
-- A query begins with its name, its title and what it tells; a parameter that is left empty asks for all.

-- :figures_on Figures on something, by date: all whose measure has the words, at a place if one is given
SELECT date, measure, comparator, low, high, unit, speaker, publisher, published, status, quote, url, uid
FROM figures
WHERE measure LIKE '%' || :measure || '%' AND (:place = '' OR place LIKE :place)
ORDER BY coalesce(earliest, latest) IS NULL, coalesce(earliest, latest), uid
LIMIT 500;

-- :claims_by_speaker Figures by one speaker: what somebody said, in order of time
SELECT date, speaker, measure, comparator, low, high, unit, stance, voice, title, publisher, published, quote, url, uid
FROM figures
WHERE speaker LIKE '%' || :speaker || '%'
ORDER BY coalesce(earliest, latest) IS NULL, coalesce(earliest, latest), uid
LIMIT 500;

-- :happened_in What happened in a year: events told as fact, alleged or planned
SELECT date, title, kind, participants, place, reports, sources, stance, uid
FROM timeline
WHERE earliest <= :year || '-12-31' AND latest >= :year || '-01-01'
ORDER BY earliest, latest, uid
LIMIT 500;

-- :without_second_source Figures without a second source: series in which all figures have one independent source
SELECT measure.name AS measure, series.place, count(*) AS figures, min(figures.publisher) AS publisher,
    min(figures.quote) AS quote, min(figures.url) AS url, series.uid
FROM series
JOIN measure ON measure.id = series.measure_id
JOIN claim ON claim.series_id = series.id
JOIN source ON source.revision_id = claim.revision_id AND source.run_id = claim.run_id
JOIN independent_source ON independent_source.article_id = source.article_id
JOIN figures ON figures.uid = claim.uid AND figures.article_uid = source.article_uid
WHERE measure.name LIKE '%' || :measure || '%'
GROUP BY series.id
HAVING count(DISTINCT independent_source.root) = 1
ORDER BY figures DESC, measure.name
LIMIT 200;

-- :newest_figures The newest figures: all that were published on a day or after it
SELECT published, measure, comparator, low, high, unit, speaker, publisher, quote, url, uid
FROM figures
WHERE published >= :since
ORDER BY published DESC, uid
LIMIT 200;

-- :clashes What does not fit together: two quotes, two sources, and why
SELECT kind, measure, explanation, a_quote, a_publisher, a_url, b_quote, b_publisher, b_url, uid
FROM conflicts
WHERE measure LIKE '%' || :measure || '%'
ORDER BY kind, uid
LIMIT 200;

-- :who_counts Who counts something: speakers and publishers of figures, with the first and the last day
SELECT coalesce(speaker, publisher) AS who, count(*) AS figures, min(earliest) AS first_day, max(latest) AS last_day,
    min(low) AS lowest, max(high) AS highest, unit
FROM figures
WHERE measure LIKE '%' || :measure || '%'
GROUP BY 1, unit
ORDER BY figures DESC, who
LIMIT 200;

-- :of_a_publisher What one publisher stated: its articles, with how much was read in each
SELECT source.published, source.title, source.publisher, source.source_kind AS kind,
    (SELECT count(*) FROM claim
        WHERE claim.revision_id = source.revision_id AND claim.run_id = source.run_id) AS figures,
    (SELECT count(*) FROM report
        WHERE report.revision_id = source.revision_id AND report.run_id = source.run_id) AS events,
    source.url, source.article_uid
FROM source
WHERE source.publisher LIKE '%' || :publisher || '%'
ORDER BY source.published DESC, source.article_uid
LIMIT 200;

-- :named_where Where somebody or something is named: each sentence once
SELECT entity, kind, mention, quote, title, publisher, published, url, article_uid
FROM mentions
WHERE entity LIKE '%' || :name || '%'
GROUP BY article_uid, quote_start
ORDER BY published DESC, article_uid, quote_start
LIMIT 200;

-- :events_of What somebody did or met with: events in which the name takes part
SELECT date, title, kind, participants, place, sources, stance, uid
FROM timeline
WHERE participants LIKE '%' || :name || '%'
ORDER BY earliest IS NULL, earliest, uid
LIMIT 200;

-- :sentences_with Sentences with words: full-text search, the best first
SELECT snippet(search, 0, '', '', '…', 48) AS sentence, revision.title, revision.publisher, revision.published,
    article.url, article.uid AS article_uid
FROM search
JOIN passage ON passage.id = search.rowid
JOIN revision ON revision.id = passage.revision_id
JOIN article ON article.id = revision.article_id
WHERE search MATCH escape_fts(:words)
ORDER BY rank
LIMIT 100;
