/** Loaded when a person first comes into a field, or when there is something to show: `widget/fields/use`. */
export * from "../use/use.js";
