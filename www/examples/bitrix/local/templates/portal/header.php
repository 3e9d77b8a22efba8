<?php if (!defined('B_PROLOG_INCLUDED') || B_PROLOG_INCLUDED !== true) die(); ?>
<!doctype html>
<html lang="<?= LANGUAGE_ID ?>">
<head>
  <meta charset="utf-8">
  <title><?php $APPLICATION->ShowTitle(); ?></title>
  <?php $APPLICATION->ShowHead(); ?>
  <script async type="module" src="/local/podskazka/podskazka.js" data-site="demo" data-lang="<?= LANGUAGE_ID ?>"></script>
</head>
<body>
  <?php $APPLICATION->ShowPanel(); ?>
  <h1><?php $APPLICATION->ShowTitle(false); ?></h1>
