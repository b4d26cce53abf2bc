"""The words of every kind of problem, in English: what is wrong, and what to do about it."""

from sitegen.model import Record
from sitegen.problems import mark


class Wording(Record, frozen=True):
    """The text of a kind of problem, and what to do about it.

    Both are ``str.format`` templates over the problem's arguments; the hint is left out when it
    names an argument that is missing or empty.
    """

    text: str
    hint: str = ""


WORDINGS: dict[str, Wording] = {
    # The file as bytes.
    "file-empty": Wording(
        mark("the file is empty"),
        mark("write the front matter and the text, or delete the file"),
    ),
    "file-too-large": Wording(
        mark("the file is {size}, more than the {limit} allowed"),
        mark("pictures and documents belong in content/media/, not in the text"),
    ),
    "file-encoding": Wording(
        mark("the file is not UTF-8 but looks like {encoding}"),
        mark("open it in your editor and save it again with the encoding UTF-8"),
    ),
    "file-cut-off": Wording(
        mark("the file breaks off in the middle of a letter"),
        mark("restore the whole file from an earlier version"),
    ),
    "file-nul": Wording(
        mark("the file holds binary data, not text"),
        mark("copy the text into a new file"),
    ),
    "control-character": Wording(
        mark("an invisible control character ({character}) stands here"),
        mark("delete the letters on both sides of it and type them again"),
    ),
    "file-lfs": Wording(
        mark("this is a Git LFS pointer, not the file itself"),
        mark("run `git lfs pull` to fetch the file"),
    ),
    "file-conflict": Wording(
        mark("two versions of this text were merged and the conflict is not resolved"),
        mark("keep one version and delete the lines <<<<<<<, ======= and >>>>>>>"),
    ),
    "file-unreadable": Wording(
        mark("the file cannot be read: {reason}"),
        mark("check the file and its permissions"),
    ),
    "file-name": Wording(
        mark("the name of this file or folder holds an invisible character"),
        mark("rename it"),
    ),
    "file-name-same": Wording(
        mark("the name of this file differs from {other} only in letter case or in form"),
        mark("rename or delete one of the two"),
    ),
    "file-unused": Wording(
        mark("nothing uses this file, so it is not published"),
        mark("if it is an article, let its name end in .md; if not, move it to content/media/"),
    ),
    "file-not-regular": Wording(
        mark("this is neither a file nor a folder"),
        mark("delete it, or put a real file in its place"),
    ),
    "file-outside": Wording(
        mark("this is a symbolic link that leads out of the site's folder, or in a circle"),
        mark("copy the file into content/ instead of linking to it"),
    ),
    "file-dangling": Wording(
        mark("this is a symbolic link to a file that does not exist"),
        mark("delete the link or restore the file it points to"),
    ),
    "content-missing": Wording(
        mark("there is no folder content/ beside config.yaml"),
        mark("restore it, or make an empty one for a site without articles"),
    ),
    # The front matter.
    "front-matter-missing": Wording(
        mark("the file does not begin with front matter"),
        mark("the first line must be ---, then the fields (title, date, …), then --- again"),
    ),
    "front-matter-unclosed": Wording(
        mark("the front matter is not closed"),
        mark("put a line --- after the last field"),
    ),
    "front-matter-form": Wording(
        mark("fields are expected here, each written as `name: value`"),
    ),
    "yaml-syntax": Wording(
        mark("this line cannot be read: {line}"),
        mark("write each field as `name: value`, and put quotes around a value with : or #"),
    ),
    "yaml-quote": Wording(
        mark("this value holds characters that need quotes: {line}"),
        mark("write {quoted}"),
    ),
    "yaml-comment": Wording(
        mark("everything after ` #` would be cut off here"),
        mark("write {quoted}"),
    ),
    "yaml-tab": Wording(
        mark("this line is indented with a tab"),
        mark("use spaces"),
    ),
    "yaml-indent": Wording(
        mark("this line is indented, so it belongs to the value above it"),
        mark("begin it exactly below the field before it"),
    ),
    "yaml-alias": Wording(
        mark("a value cannot begin with `{sign}`"),
        mark("put the value in quotes"),
    ),
    "yaml-limit": Wording(
        mark("the fields are too long or too deeply nested"),
        mark("keep them as short as in the other articles"),
    ),
    "field-repeated": Wording(
        mark("the field `{field}` stands here twice (first on line {first})"),
        mark("keep one of the two"),
    ),
    "field-unknown": Wording(
        mark("there is no field `{field}`"),
        mark("did you mean `{nearest}`?"),
    ),
    "field-elsewhere": Wording(
        mark("`{field}` is a field of {other}"),
        mark("delete the line, or move the file to `{folder}` if it is {other}"),
    ),
    "field-missing": Wording(
        mark("the field `{field}` is missing"),
        mark("add a line `{field}: …`"),
    ),
    "setting-missing": Wording(
        mark("the field `{name}` is missing below `{group}`"),
        mark("add a line `{name}: …` there, indented by two spaces"),
    ),
    "field-empty": Wording(
        mark("the field `{field}` has no value"),
        mark("write a value or delete the line"),
    ),
    "field-text": Wording(
        mark("`{field}` must be text"),
        mark("write {quoted}"),
    ),
    "field-ambiguous": Wording(
        mark("without quotes `{field}: {value}` could be a number, a date or a yes or no"),
        mark("write {quoted}"),
    ),
    "field-list": Wording(
        mark("`{field}` must be a list"),
        mark("write {example}"),
    ),
    "field-flag": Wording(
        mark("`{field}` must be true or false"),
        mark("write `{field}: true` or `{field}: false`, without quotes"),
    ),
    "field-number": Wording(
        mark("`{field}` must be a whole number"),
        mark("write digits alone, without a leading 0"),
    ),
    "field-mapping": Wording(
        mark("`{field}` must hold fields of its own"),
        mark("write them indented on the lines below, each as `name: value`"),
    ),
    "field-range": Wording(
        mark("`{field}` must be between {least} and {most}"),
    ),
    "hidden-character": Wording(
        mark("`{field}` holds an invisible character ({character}) that can turn text around"),
        mark("type the text again instead of pasting it"),
    ),
    "author-missing": Wording(
        mark("the article names neither `author` nor `source`"),
        mark("add a line `author: …` or `source: …`"),
    ),
    "caption-missing": Wording(
        mark("the photo has no caption"),
        mark("add a line `photo_caption: …`"),
    ),
    "date-form": Wording(
        mark("`{field}: {value}` is not a date"),
        mark("write it as 2023-03-06 09:34 (year-month-day hour:minute)"),
    ),
    "date-impossible": Wording(
        mark("`{field}: {value}` does not exist in the calendar or on the clock"),
        mark("check the day, the month and the hour"),
    ),
    "date-order": Wording(
        mark("`{field}` must come after `date`"),
        mark("check both dates"),
    ),
    "category-unknown": Wording(
        mark("there is no category `{value}`"),
        mark("did you mean `{nearest}`? The categories are listed in config.yaml"),
    ),
    "category-ambiguous": Wording(
        mark("more than one category is called `{value}`"),
        mark("write its address: {addresses}"),
    ),
    "slug-empty": Wording(
        mark("no address can be made from `{value}`"),
        mark("add a line `slug: …` with letters a-z, digits and hyphens"),
    ),
    "slug-form": Wording(
        mark("`{value}` cannot be part of an address"),
        mark("write `slug: {suggestion}`"),
    ),
    "slug-reserved": Wording(
        mark("the address `{value}` is used by the site itself"),
        mark("choose another `slug`"),
    ),
    "slug-long": Wording(
        mark("the slug is longer than {limit} letters"),
        mark("shorten it"),
    ),
    "translation-form": Wording(
        mark("`{value}` does not lead to a page in another language"),
        mark("write a language code (`language: en`) and an address (`url: https://…`)"),
    ),
    "telephone-form": Wording(
        mark("`{value}` is not a telephone number"),
        mark("write it in digits, for example 0235 000 0000"),
    ),
    "mail-form": Wording(
        mark("`{value}` is not a mail address"),
        mark("write it as name@example.org"),
    ),
    "alias-form": Wording(
        mark("`{value}` cannot be an old address of this site"),
        mark("write the part after the host name, for example /tin-tuc/123.aspx"),
    ),
    "alias-taken": Wording(
        mark("the old address `{value}` is already used by {other}"),
        mark("delete it from `aliases`"),
    ),
    "alias-self": Wording(
        mark("the old address `{value}` is this page's own address"),
        mark("delete it from `aliases`"),
    ),
    "legacy-encoding": Wording(
        mark("this looks like text from an old Vietnamese font (TCVN3, VNI): {sample}"),
        mark("convert it to Unicode before pasting it"),
    ),
    "article-embargoed": Wording(
        mark("the article is not published before {moment}"),
    ),
    # Links and media.
    "path-outside": Wording(
        mark("`{value}` leads out of the site's folder"),
        mark("use a file in content/"),
    ),
    "link-missing": Wording(
        mark("the link leads to `{value}`, which does not exist"),
        mark("did you mean `{nearest}`?"),
    ),
    "link-hidden": Wording(
        mark("the link leads to `{value}`, which is not published; it is shown as plain text"),
    ),
    "picture-missing": Wording(
        mark("the picture `{value}` does not exist"),
        mark("did you mean `{nearest}`?"),
    ),
    "picture-external": Wording(
        mark("the picture {value} lies on another site"),
        mark("if its owner permits, copy it into content/media/ and use it from there"),
    ),
    "picture-inline": Wording(
        mark("the picture is pasted into the text or lies on your computer, not on the site"),
        mark("save it as a file in content/media/ and use it from there"),
    ),
    "picture-broken": Wording(
        mark("the picture cannot be read: {reason}"),
        mark("export it again from your camera or image program"),
    ),
    "picture-type": Wording(
        mark("the picture is a {actual} but its name says {named}"),
        mark("rename it to end in {suggestion}"),
    ),
    "picture-large": Wording(
        mark("the picture has {pixels} million pixels, more than the {limit} million allowed"),
        mark("make it smaller before adding it"),
    ),
    "picture-script": Wording(
        mark("the drawing contains a script or loads something from elsewhere"),
        mark("export it again as plain SVG, or as PNG"),
    ),
    "picture-kind": Wording(
        mark("`{value}` is not a picture"),
        mark("use a picture file, such as JPEG or PNG"),
    ),
    "media-empty": Wording(
        mark("the file is empty"),
        mark("copy it here again, or delete it"),
    ),
    "media-kind": Wording(
        mark("files of this kind (`{suffix}`) are not published"),
        mark("allowed are: {allowed}"),
    ),
    # The whole site.
    "url-taken": Wording(
        mark("the address {url} is already used by {other}"),
        mark("give one of the two another `slug`"),
    ),
    "name-spelling": Wording(
        mark("`{name}` and `{other}` would share the address {url} (see {path})"),
        mark("use one spelling, or give one of them a slug under `{group}` in config.yaml"),
    ),
    "name-slug": Wording(
        mark("no address can be made from the name `{name}`"),
        mark("give it a slug under `{group}` in config.yaml"),
    ),
    # Markdown.
    "markdown-limit": Wording(
        mark("this passage is too complicated to be converted: {reason}"),
        mark("make it simpler or shorter"),
    ),
    # Templates.
    "template-syntax": Wording(mark("the template cannot be read: {reason}")),
    "template-missing": Wording(mark("the template {value} does not exist")),
    "template-error": Wording(mark("the template failed on {page}: {reason}")),
    "asset-missing": Wording(mark("the theme file `{value}` does not exist")),
    "asset-cycle": Wording(mark("these theme files refer to each other in a circle: {value}")),
    # config.yaml.
    "config-missing": Wording(
        mark("there is no config.yaml here"),
        mark("go to the site's folder, or name it with --root"),
    ),
    "config-url": Wording(
        mark("`{value}` is not the address of a site"),
        mark("write it as https://example.org or https://example.org/path"),
    ),
    "config-timezone": Wording(
        mark("there is no time zone `{value}`"),
        mark("did you mean `{nearest}`?"),
    ),
    "config-language": Wording(
        mark("`{value}` is not a language code"),
        mark("write vi or en"),
    ),
    "config-permalink": Wording(
        mark("`{value}` cannot be the form of an address: check {reason}"),
        mark("write it as /{{category}}/{{year}}/{{month}}/{{slug}}/"),
    ),
    "config-categories-same": Wording(
        mark("two categories share the address {url}"),
        mark("give one of them another `slug`"),
    ),
    "config-link": Wording(
        mark("`{value}` is neither an address (https://…) nor a path on this site (/…/)"),
    ),
    # The command line.
    "output-unsafe": Wording(
        mark("the site cannot be written to {path}, because {reason} must not be overwritten"),
        mark("choose a folder of its own with --output"),
    ),
    "locked": Wording(
        mark("another build is writing to {path}"),
        mark("wait until it has finished"),
    ),
    "now-form": Wording(
        mark("`--now {value}` is not a date"),
        mark("write it as 2023-03-06 09:34"),
    ),
    "folder-not-empty": Wording(
        mark("the folder {path} is not empty"),
        mark("choose a new folder"),
    ),
    "file-exists": Wording(
        mark("the file {path} exists already"),
        mark("choose another title, or edit that file"),
    ),
    "verify-differs": Wording(
        mark("{url} is not what a build from nothing gives, because of {cause}"),
        mark("build with --clean; unless the output was changed by hand, please report it"),
    ),
    "cache-damaged": Wording(
        mark("the cache is damaged or not one of this program, so everything is read anew"),
    ),
    "cache-other-version": Wording(
        mark("the cache is of another version of this program, so everything is read anew"),
    ),
    "file-changing": Wording(
        mark("the file was changed while the site was being built"),
        mark("build again"),
    ),
    "why-unknown": Wording(
        mark("there is neither a file nor a page `{value}`"),
        mark("name a file as content/… or an address as /…/"),
    ),
    "port-taken": Wording(
        mark("port {port} is in use"),
        mark("choose another one with --port"),
    ),
}
