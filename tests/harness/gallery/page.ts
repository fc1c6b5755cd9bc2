import { scenes } from './scenes.ts';
import { drawn } from './scene.ts';
import { stage } from './stage.tsx';

const wanted = new URLSearchParams(location.search).get('scene');
const scene = scenes.find((one) => `${one.page}-${one.name}` === wanted);
const place = document.getElementById('page');
if (scene && place) {
  if (scene.hash) location.hash = scene.hash;
  const { client } = stage(scene, place);
  await drawn();
  await scene.act?.(place, client);
  document.body.dataset['ready'] = 'yes';
} else if (place) {
  for (const one of scenes) {
    const link = document.createElement('a');
    link.href = `?scene=${one.page}-${one.name}`;
    link.textContent = `${one.page}: ${one.name}`;
    const line = document.createElement('p');
    line.append(link);
    place.append(line);
  }
}
