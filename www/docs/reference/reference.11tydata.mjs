/** One template, a page in each language. */
export default { pagination: { data: 'languages', size: 1, alias: 'language' } };
