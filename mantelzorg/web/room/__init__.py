"""The pages of the training room: what a phone, the wall, and the trainer see and touch.

`render` makes HTML from a `Stage` or a `Desk`; `assets` are the files that the pages load. What the scripts expect:

=====================================  ==============================================================================
GET /mee?code=abcd                     to /mee/ABCD, or the join page again with a problem
POST /mee/{code}/seat                  {seat} -> 200 or 204; 404, 409 full, 429, 503
GET /mee/{code}/now?r=TAG              204, or {tag, html} of `phone_part`; 404, 429, 503
POST /mee/{code}/vote                  {seat, item, round, n, choice} -> 200 {counted}; 403, 404, 409, 422, 429, 503
GET /training?language=nl              `home_page`
POST /training/rooms                   {rhythm, language, cases: [id]} -> {code, pin, token}; 503 no room to be had
POST /training/rooms/{code}/reclaim    {pin} -> {token}; 401 or 403 wrong, 404 unknown, 423 or 429 locked
GET /training/rooms/{code}             `trainer_page`; without a token, the script asks for it
GET …/now?r=TAG, POST …/do             {revision, tag, html} of `trainer_part`; 401, 404, 409; `Authorization: Bearer`
GET …/beamer, …/beamer/now?r=TAG       `beamer_page`, {tag, html} of `beamer_part`
GET …/report.pdf, …/report.csv         the files, with `Authorization: Bearer`
GET /training/handout.pdf, .docx       ?case=a&case=b&language=nl, also /training/cards.pdf
POST /training/overview                {language, files: [{name, text}]} -> {html}
GET /training/own-case                 ?language=nl, and code=ABCD when it is for a room: `own_case_page`
POST /training/own-case                {language, chosen: {fact: [option]}} -> {html} of `own_case_part`
POST /training/own-case.yaml           the same -> the file
GET /training/static/{file}            `asset`
=====================================  ==============================================================================

A `tag` is whatever the server likes; it comes back as `r`. Everything but pages and files is JSON.
"""
