/** What the fields hand over to this part, whole and by name. */

export let kit, act, attribute, config, fieldOf, fields, forms, input, later, locate, relearn, restore, say, squeeze, tell, told;

export function receive(given) {
  kit = given;
  ({ act, attribute, config, fieldOf, fields, forms, input, later, locate, relearn, restore, say, squeeze, tell, told } = given);
}
