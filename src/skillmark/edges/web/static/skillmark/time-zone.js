// Chooses the browser's own time zone in a select marked data-guess-zone, as long as nobody has chosen one.
const select = document.querySelector("select[data-guess-zone]");
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (select && zone && !document.querySelector(".errors")) {
  if (![...select.options].some((option) => option.value === zone)) {
    select.append(new Option(zone.replaceAll("_", " "), zone));
  }
  select.value = zone;
}
