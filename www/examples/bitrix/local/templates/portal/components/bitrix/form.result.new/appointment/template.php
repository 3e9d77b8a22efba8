<?php
if (!defined('B_PROLOG_INCLUDED') || B_PROLOG_INCLUDED !== true) die();

/** Which question of the web form is of which kind, by the question's symbolic code. */
$kinds = ['INN' => 'inn', 'SNILS' => 'snils', 'PHONE' => 'phone'];

/** Attributes for the first tag of a piece of markup that Bitrix has made. */
$with = fn (string $html, string $attributes): string => preg_replace('/<(form|input|textarea)\b/', '<$1 ' . $attributes, $html, 1);
?>
<?= $arResult['FORM_ERRORS_TEXT'] ?>
<?= $arResult['FORM_NOTE'] ?>
<?php if ($arResult['isFormNote'] !== 'Y'): ?>
<?= $with($arResult['FORM_HEADER'], 'data-podskazka-form="' . htmlspecialcharsbx($arResult['arForm']['SID']) . '"') ?>
<?php foreach ($arResult['QUESTIONS'] as $sid => $question):
    $id = htmlspecialcharsbx(strtolower($sid));
    $attributes = "id=\"$id\"" . ($question['REQUIRED'] === 'Y' ? ' required' : '');
    if (isset($kinds[$sid])) $attributes .= " data-podskazka=\"{$kinds[$sid]}\"";
    ?>
  <p><label for="<?= $id ?>"><?= $question['CAPTION'] ?></label> <?= $with($question['HTML_CODE'], $attributes) ?></p>
<?php endforeach ?>
  <input type="submit" name="web_form_submit" value="<?= htmlspecialcharsbx($arResult['arForm']['BUTTON']) ?>">
<?= $arResult['FORM_FOOTER'] ?>
<?php endif ?>
