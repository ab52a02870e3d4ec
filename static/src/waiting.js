/* A page whose figures are still being counted (status 202): it looks again until they are there. */

const PAUSE = 3000;

document.querySelector("[data-waiting]").hidden = false;
wait();

function wait() {
  setTimeout(look, PAUSE);
}

async function look() {
  const reply = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (!reply || reply.status === 202) wait();
  else location.reload();
}
