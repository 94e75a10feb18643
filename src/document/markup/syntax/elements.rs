//! The elements that browsers know. Sources: the indices of elements in the HTML standard, SVG 2, and MathML Core, with
//! the obsolete elements of HTML.

/// Elements without content or end tag.
const VOID: [&str; 15] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "frame",
];

/// Sorted.
const HTML: [&str; 144] = [
    "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b", "base", "basefont", "bdi",
    "bdo", "bgsound", "big", "blink", "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite", "code",
    "col", "colgroup", "data", "datalist", "dd", "del", "details", "dfn", "dialog", "dir", "div", "dl", "dt", "em",
    "embed", "fencedframe", "fieldset", "figcaption", "figure", "font", "footer", "form", "frame", "frameset", "h1", "h2",
    "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i", "iframe", "image", "img", "input", "ins",
    "isindex", "kbd", "keygen", "label", "legend", "li", "link", "listing", "main", "map", "mark", "marquee", "menu",
    "menuitem", "meta", "meter", "multicol", "nav", "nextid", "nobr", "noembed", "noframes", "noscript", "object", "ol",
    "optgroup", "option", "output", "p", "param", "picture", "plaintext", "pre", "progress", "q", "rb", "rp", "rt", "rtc",
    "ruby", "s", "samp", "script", "search", "section", "select", "selectedcontent", "slot", "small", "source", "spacer",
    "span", "strike", "strong", "style", "sub", "summary", "sup", "table", "tbody", "td", "template", "textarea", "tfoot",
    "th", "thead", "time", "title", "tr", "track", "tt", "u", "ul", "var", "video", "wbr", "xmp",
];

/// Sorted, in lower case.
const SVG_AND_MATHML: [&str; 98] = [
    "animate", "animatemotion", "animatetransform", "annotation", "annotation-xml", "circle", "clippath", "defs", "desc",
    "ellipse", "feblend", "fecolormatrix", "fecomponenttransfer", "fecomposite", "feconvolvematrix", "fediffuselighting",
    "fedisplacementmap", "fedistantlight", "fedropshadow", "feflood", "fefunca", "fefuncb", "fefuncg", "fefuncr",
    "fegaussianblur", "feimage", "femerge", "femergenode", "femorphology", "feoffset", "fepointlight",
    "fespecularlighting", "fespotlight", "fetile", "feturbulence", "filter", "foreignobject", "g", "line",
    "lineargradient", "maction", "marker", "mask", "math", "menclose", "merror", "metadata", "mfenced", "mfrac", "mi",
    "mmultiscripts", "mn", "mo", "mover", "mpadded", "mpath", "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace",
    "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "none", "path",
    "pattern", "polygon", "polyline", "radialgradient", "rect", "semantics", "set", "stop", "svg", "switch", "symbol",
    "text", "textpath", "tspan", "use", "view", "animatecolor", "cursor", "discard", "hatch", "hatchpath", "mesh",
    "solidcolor",
];

/// Whether an element has no end tag.
pub(crate) fn is_void(name: &str) -> bool {
    VOID.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether browsers know an element of this name, in any case.
pub(crate) fn is_known(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    HTML.binary_search(&lower.as_str()).is_ok() || SVG_AND_MATHML.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_browsers_know() {
        assert!(HTML.is_sorted());
        assert!(["kbd", "B", "foreignObject", "svg", "center"].iter().all(|name| is_known(name)));
        assert!(["word", "T", "your-name", "string", "strng"].iter().all(|name| !is_known(name)));
        assert!(is_void("BR") && !is_void("b"));
    }
}
