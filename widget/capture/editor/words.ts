/** What the editor says. */

export interface Words {
  title: string;
  how: string;
  tools: string;
  mark: string;
  hide: string;
  arrow: string;
  crop: string;
  back: string;
  again: string;
  reset: string;
  done: string;
  leave: string;
  picture: string;
  fields: string;
  apply: string;
  wrong: string;
  /** `{}` is the name of a field. */
  suggest: string;
  own: string;
  ownHow: string;
  larger: string;
  smaller: string;
  set: string;
  drop: string;
  once: string;
  small: string;
  did: Record<"mark" | "hide" | "arrow" | "crop", string>;
  taken: string;
  returned: string;
  asWas: string;
  /** Each `{}` is a number: from the left, from the top, width, height. */
  at: string;
  /** Of a picture that the person has brought along. */
  file: Pick<Words, "title" | "how" | "picture" | "ownHow" | "once" | "asWas">;
}

const ru: Words = {
  title: "Изменить снимок",
  how: "Выберите действие и проведите по снимку, нажмите на поле или выберите поле в списке.",
  tools: "Действие",
  mark: "Выделить",
  hide: "Скрыть",
  arrow: "Стрелка",
  crop: "Обрезать",
  back: "Отменить",
  again: "Вернуть",
  reset: "Как было",
  done: "Готово",
  leave: "Не менять",
  picture: "Снимок страницы",
  fields: "Поля на снимке",
  apply: "Применить к полю",
  wrong: "есть ошибка",
  suggest: "В поле «{}» ошибка. Выделите его, чтобы её сразу увидели.",
  own: "Рамка без мыши",
  ownHow: "Стрелки двигают рамку, Shift и стрелки меняют размер, Enter применяет, Esc убирает. Или нажмите на снимок: рамка встанет туда.",
  larger: "Больше",
  smaller: "Меньше",
  set: "Применить",
  drop: "Убрать рамку",
  once: "Снимок изменён. Нажмите «Готово», чтобы оставить изменения, или ещё раз Esc, чтобы закрыть без них.",
  small: "Так мало не оставить. Проведите от угла до угла того, что должно остаться.",
  did: { mark: "Выделено", hide: "Скрыто, в файле этого места не будет", arrow: "Стрелка поставлена", crop: "Обрезано" },
  taken: "Отменено",
  returned: "Возвращено",
  asWas: "Снимок такой, как был",
  at: "Слева {}, сверху {}, ширина {}, высота {}",
  file: {
    title: "Изменить картинку",
    how: "Выберите действие и проведите по картинке. Без мыши нажмите «Рамка без мыши».",
    picture: "Картинка",
    ownHow: "Стрелки двигают рамку, Shift и стрелки меняют размер, Enter применяет, Esc убирает. Или нажмите на картинку: рамка встанет туда.",
    once: "Картинка изменена. Нажмите «Готово», чтобы оставить изменения, или ещё раз Esc, чтобы закрыть без них.",
    asWas: "Картинка такая, как была",
  },
};

const en: Words = {
  title: "Change the picture",
  how: "Choose what to do and draw over the picture, press a field, or choose it in the list.",
  tools: "What to do",
  mark: "Highlight",
  hide: "Hide",
  arrow: "Arrow",
  crop: "Crop",
  back: "Undo",
  again: "Redo",
  reset: "As it was",
  done: "Done",
  leave: "Leave as it is",
  picture: "Picture of the page",
  fields: "Fields in the picture",
  apply: "Apply to the field",
  wrong: "has an error",
  suggest: "The field “{}” has an error. Highlight it, so that it is seen at once.",
  own: "Frame without a mouse",
  ownHow: "Arrow keys move the frame, Shift with them changes its size, Enter applies, Esc takes it away. Or press the picture: the frame goes there.",
  larger: "Larger",
  smaller: "Smaller",
  set: "Apply",
  drop: "Take the frame away",
  once: "The picture was changed. Press “Done” to keep that, or Esc once more to close without it.",
  small: "That is too little to keep. Draw from corner to corner of what shall stay.",
  did: { mark: "Highlighted", hide: "Hidden, the file will not hold this place", arrow: "Arrow added", crop: "Cropped" },
  taken: "Undone",
  returned: "Redone",
  asWas: "The picture is as it was",
  at: "Left {}, top {}, width {}, height {}",
  file: {
    title: "Change the picture",
    how: "Choose what to do and draw over the picture. Without a mouse press “Frame without a mouse”.",
    picture: "Picture",
    ownHow: "Arrow keys move the frame, Shift with them changes its size, Enter applies, Esc takes it away. Or press the picture: the frame goes there.",
    once: "The picture was changed. Press “Done” to keep that, or Esc once more to close without it.",
    asWas: "The picture is as it was",
  },
};

/** By language; a site may have one of its own: www/loader/lang.ts. */
export const WORDS: Record<string, Words> = { ru, en };
