// The page is whole without this: here are the filters of the findings, and the choice between light and dark.
(function () {
  'use strict';

  var root = document.documentElement;
  var key = 'aiguardrails-theme';

  function stored() {
    try { return localStorage.getItem(key); } catch (e) { return null; }
  }

  function store(value) {
    try { localStorage.setItem(key, value); } catch (e) { /* A page from a file may not keep anything. */ }
  }

  var toggle = document.getElementById('theme');
  var system = matchMedia('(prefers-color-scheme: dark)');

  function isDark() {
    var chosen = root.getAttribute('data-theme');
    return chosen ? chosen === 'dark' : system.matches;
  }

  function label() {
    toggle.textContent = isDark() ? 'Light' : 'Dark';
    toggle.setAttribute('aria-label', isDark() ? 'Switch to light colours' : 'Switch to dark colours');
  }

  var chosen = stored();
  if (chosen === 'dark' || chosen === 'light') {
    root.setAttribute('data-theme', chosen);
  }

  toggle.hidden = false;
  label();
  system.addEventListener('change', label);
  toggle.addEventListener('click', function () {
    var next = isDark() ? 'light' : 'dark';
    root.setAttribute('data-theme', next);
    store(next);
    label();
  });

  var form = document.getElementById('filters');
  if (!form) {
    return;
  }

  var findings = Array.prototype.map.call(document.querySelectorAll('.finding'), function (element) {
    return {
      element: element,
      rule: element.getAttribute('data-rule'),
      level: element.getAttribute('data-level'),
      group: element.closest('.group'),
      file: element.closest('.group').getAttribute('data-file').toLowerCase(),
      text: element.textContent.toLowerCase()
    };
  });
  var groups = document.querySelectorAll('.group');
  var status = document.getElementById('shown');
  var none = document.getElementById('none-shown');
  var rule = document.getElementById('filter-rule');
  var level = document.getElementById('filter-level');
  var file = document.getElementById('filter-file');
  var text = document.getElementById('filter-text');
  var waiting = 0;

  function apply() {
    var wantedFile = file.value.trim().toLowerCase();
    var words = text.value.trim().toLowerCase().split(/\s+/);
    var count = 0;
    groups.forEach(function (group) { group.hidden = true; });
    findings.forEach(function (finding) {
      var shown = (rule.value === '' || finding.rule === rule.value)
        && (level.value === '' || finding.level === level.value)
        && finding.file.indexOf(wantedFile) !== -1
        && words.every(function (word) { return finding.text.indexOf(word) !== -1; });
      finding.element.hidden = !shown;
      if (shown) {
        finding.group.hidden = false;
        count++;
      }
    });
    none.hidden = count !== 0;
    status.textContent = (count === findings.length ? 'All ' : count.toLocaleString('en') + ' of ')
      + findings.length.toLocaleString('en') + (findings.length === 1 ? ' finding' : ' findings') + ' shown';
  }

  function soon() {
    // One announcement for a word, not one for each of its letters.
    clearTimeout(waiting);
    waiting = setTimeout(apply, 150);
  }

  form.hidden = false;
  form.addEventListener('input', soon);
  form.addEventListener('submit', function (event) { event.preventDefault(); apply(); });
  form.addEventListener('reset', function () { setTimeout(apply, 0); });
  form.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') {
      form.reset();
    }
  });

  // A link to a finding that is filtered away would lead nowhere.
  window.addEventListener('hashchange', function () {
    var target = document.getElementById(location.hash.slice(1));
    if (target && (target.hidden || target.closest('[hidden]'))) {
      form.reset();
      setTimeout(function () { target.scrollIntoView(); }, 10);
    }
  });
  apply();
})();
