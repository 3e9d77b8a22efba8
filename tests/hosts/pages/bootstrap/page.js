// As pages with jQuery are written: values are set without an event, the form goes by ajax, a part is drawn anew from a text.
window.sent = [];
jQuery(function ($) {
  $("#main").on("submit", function (event) {
    event.preventDefault();
    window.sent.push($(this).serialize());
  });
  window.prefill = (name, value) => $(`[name=${name}]`).val(value).trigger("change");
  window.redraw = () =>
    $("#person").html('<label for="kpp">КПП</label><input class="form-control" id="kpp" name="kpp" data-podskazka="kpp" required>');
});
