import { models } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import { count } from '../../model/format.ts';
import { japanInstant } from '../../model/japan-time.ts';
import { CommandHint } from '../../parts/command-hint.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { SyntheticMark } from '../../parts/synthetic-mark.tsx';
import { japanToday } from '../../shell/clock.ts';
import { Card } from './card.tsx';
import { useTraining } from './runs-under-way.tsx';

/** The model that makes the predictions now. */
export function ModelCard() {
  const isTraining = useTraining();
  return (
    <Card title={text('card.model')} view="models">
      <Loaded from={models} lines={3}>
        {(body) => {
          const model = body.models.find(({ version }) => version === body.live);
          if (model === undefined) {
            return (
              <p>
                {text(isTraining ? 'models.training' : 'card.model.none')}{' '}
                {isTraining ? null : <CommandHint commands={['daytrade train']} />}
              </p>
            );
          }
          return (
            <>
              <div class="card-figure">
                <strong class="card-name">{model.version}</strong>
                {model.synthetic ? <SyntheticMark /> : null}
              </div>
              <p class="quiet">
                {text('card.model.trained', { when: japanInstant(model.createdAt, japanToday.value) })}
              </p>
              {model.soleMember === null ? null : (
                <p class="quiet">{text('models.sole', { member: model.soleMember })}</p>
              )}
              <p class="quiet detail">{text('card.model.range', { from: model.trainedFrom, to: model.trainedTo })}</p>
              <p class="quiet detail">
                {text('card.model.size', { symbols: count(model.symbols), features: count(model.features) })}
              </p>
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}
