/** Attributes by which the walk tells the frame what to do with the copy. */

/** Attribute of a copy: where it stands, in pixels from the top of what is scrolled, and which share of its height stands there. */
export const AT = "pdk-at";
/** Attribute of a copy that scrolling leaves in place: pixels from the top of the scrolled box. */
export const STUCK = "pdk-stuck";
