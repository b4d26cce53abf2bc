"""What people have already, as articles: Word and web pages to Markdown, photos to media.

Each module does one step: a document to HTML (``word_files``, ``office_files``), old encodings to
Unicode (``legacy_encodings``), HTML to blocks of Markdown (``blocks``), blocks to the parts of an
article (``article_parts``), pictures to files (``photos``), and all of it to a draft (``drafts``).
What is uncertain is not decided in silence: it is a note (``notes``).

What other systems have becomes records of one kind (``old_texts``): pages of portals
(``old_pages``), feeds (``web_feeds``), WordPress (``wordpress``), Hugo and Jekyll (``hugo``,
``jekyll``). All of these are written as files in one way (``taking_over``).
"""
