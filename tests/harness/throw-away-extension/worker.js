// The least that the harness can be tried on: it tells which life it is, and opens a window from its menu.
const life = crypto.randomUUID();
console.log('worker says hello');

chrome.runtime.onInstalled.addListener(() => {
  chrome.contextMenus.create({
    id: 'write',
    title: 'Write to …',
    contexts: ['page', 'link', 'selection'],
  });
});

chrome.contextMenus.onClicked.addListener(({ linkUrl, selectionText }) => {
  chrome.windows.create({
    url: `popup.html#${encodeURIComponent(linkUrl ?? selectionText ?? 'page')}`,
    type: 'popup',
  });
});

chrome.runtime.onMessage.addListener((message, _sender, answer) => {
  if (message === 'which life') answer(life);
  if (message === 'fetch') {
    fetch('https://peer.example/').then(
      () => answer('answered'),
      () => answer('failed'),
    );
    return true;
  }
  if (message === 'sign in') {
    const redirect = encodeURIComponent(chrome.identity.getRedirectURL());
    const url = `https://accounts.example/?redirect_uri=${redirect}`;
    chrome.identity.launchWebAuthFlow({ url, interactive: true }).then(answer, (error) => {
      answer(error.message);
    });
    return true;
  }
});
