<?php
// What 1C-Bitrix gives to a template, in a few lines: `page` is the whole page, `answer` what a component in AJAX mode sends back.
const B_PROLOG_INCLUDED = true;
const LANGUAGE_ID = 'ru';

function htmlspecialcharsbx(string $text): string
{
    return htmlspecialchars($text, ENT_COMPAT, 'UTF-8');
}

final class Application
{
    public function ShowTitle(bool $property = true): void
    {
        echo 'Запись на приём';
    }

    public function ShowHead(): void
    {
        echo '<script src="/page.js" defer></script>';
    }

    public function ShowPanel(): void
    {
    }
}

$APPLICATION = new Application();
[, $template, $what] = $argv;

/** A web form of one question, as `form.result.new` hands it to its template. */
function form(string $template, string $sid, string $button, string $question, string $caption, string $note = ''): void
{
    $arResult = [
        'arForm' => ['SID' => $sid, 'BUTTON' => $button],
        'isFormNote' => 'N',
        'FORM_ERRORS_TEXT' => '',
        'FORM_NOTE' => $note,
        'FORM_HEADER' => '<form name="' . $sid . '" action="/answer.html" method="GET"><input type="hidden" name="bxajaxid" value="5f2c1">',
        'FORM_FOOTER' => '</form>',
        'QUESTIONS' => [$question => ['CAPTION' => $caption, 'REQUIRED' => 'Y', 'HTML_CODE' => '<input type="text" class="inputtext" name="form_text_1" value="" size="0">']],
    ];
    include "$template/components/bitrix/form.result.new/appointment/template.php";
}

if ($what === 'answer') {
    echo '<!doctype html><html lang="ru"><head><title>Ответ</title></head><body>';
    form($template, 'contacts', 'Дальше', 'SNILS', 'СНИЛС', '<p><font class="notetext">Время выбрано.</font></p>');
    echo '</body></html>';
    return;
}
include "$template/header.php";
// A component in AJAX mode, and a dynamic area of the composite cache: an empty shell at first.
echo '<div id="comp_5f2c1">';
form($template, 'appointment', 'Записаться', 'INN', 'ИНН');
echo '</div><div id="bxdynamic_feedback"></div>';
include "$template/footer.php";
