/** What the fields hand over to this part, whole and by name. */

export let kit, act, attribute, BEFORE, config, fieldOf, fields, forms, input, later, locate, PRESS, relearn, restore, say, squeeze, tell, told;

export function receive(given) {
  kit = given;
  ({ act, attribute, BEFORE, config, fieldOf, fields, forms, input, later, locate, PRESS, relearn, restore, say, squeeze, tell, told } = given);
}
