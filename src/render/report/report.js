(function () {
  'use strict';
  document.documentElement.classList.add('js');
  function all(selector, from) {
    return Array.prototype.slice.call((from || document).querySelectorAll(selector));
  }

  // Filters: each form hides the children of its list that do not fit.
  all('form.filters').forEach(function (form) {
    var list = document.getElementById(form.getAttribute('data-for'));
    if (!list) return;
    var rows = Array.prototype.slice.call(list.children);
    var controls = all('input,select', form);
    var said = form.querySelector('output');
    var none = list.parentNode.querySelector(':scope > .none');
    function run() {
      var shown = 0;
      rows.forEach(function (row) {
        var fits = controls.every(function (control) {
          var wanted = control.value.trim().toLowerCase();
          if (!wanted) return true;
          if (control.name === 'text') return row.textContent.toLowerCase().indexOf(wanted) >= 0;
          return (row.getAttribute('data-' + control.name) || '').toLowerCase() === wanted;
        });
        row.hidden = !fits;
        if (fits) shown += 1;
      });
      said.textContent = shown + ' / ' + rows.length;
      if (none) none.hidden = shown > 0;
    }
    form.addEventListener('input', run);
    form.addEventListener('reset', function () { setTimeout(run, 0); });
    form.addEventListener('submit', function (event) { event.preventDefault(); });
    run();
  });

  // Sorting: a heading becomes a button.
  all('table.sortable').forEach(function (table) {
    var heads = all('thead th', table);
    heads.forEach(function (head, column) {
      if (head.querySelector('svg')) return;
      var button = document.createElement('button');
      button.type = 'button';
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener('click', function () {
        var down = head.getAttribute('aria-sort') !== 'descending';
        heads.forEach(function (other) { other.removeAttribute('aria-sort'); });
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        all('tbody', table).forEach(function (body) {
          var rows = Array.prototype.slice.call(body.children).filter(function (row) { return row.children.length > column; });
          rows.sort(function (a, b) {
            var x = a.children[column], y = b.children[column];
            var v = x.getAttribute('data-v'), w = y.getAttribute('data-v');
            var order = v === null && w === null
              ? y.textContent.localeCompare(x.textContent)
              : (v === null ? -Infinity : +v) - (w === null ? -Infinity : +w) || 0;
            return down ? -order : order;
          });
          rows.forEach(function (row) { body.appendChild(row); });
        });
      });
    });
  });

  // Quotes open in a box where the reader is; without the script the number leads to the chapter.
  var box = document.getElementById('voice');
  if (box && box.showModal) {
    var list = box.querySelector('.voices');
    document.addEventListener('click', function (event) {
      var link = event.target.closest ? event.target.closest('a') : null;
      if (event.target === box || (link && link.className === 'all')) { box.close(); return; }
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (!/^#q\d+$/.test(link.getAttribute('href') || '')) return;
      var group = link.parentNode.className === 'refs' ? all('a', link.parentNode) : [link];
      list.textContent = '';
      group.forEach(function (one) {
        var entry = document.getElementById(one.getAttribute('href').slice(1));
        if (!entry) return;
        var copy = entry.cloneNode(true);
        copy.removeAttribute('id');
        copy.hidden = false;
        if (one === link) copy.className = 'asked';
        list.appendChild(copy);
      });
      event.preventDefault();
      box.showModal();
    });
  }

  // Pointing at a name of a flow leaves its bands alone.
  all('svg.flow').forEach(function (svg) {
    var bands = all('.band', svg);
    all('.node', svg).forEach(function (node) {
      var key = node.hasAttribute('data-from') ? 'data-from' : 'data-to';
      function light(on) {
        bands.forEach(function (band) {
          band.classList.toggle('dim', on && band.getAttribute(key) !== node.getAttribute(key));
        });
      }
      node.addEventListener('mouseenter', function () { light(true); });
      node.addEventListener('mouseleave', function () { light(false); });
    });
  });
})();
