import { StoryText } from "../story-text";
import type { ToldStep, ToldStory } from "./told-step";

interface StoryDocumentProps extends ToldStory {
  /** The pictures' addresses, by their names. */
  readonly addresses: ReadonlyMap<string, string>;
}

/** A story as a page to read. All that readers wrote is text in it, and never markup. */
export function StoryDocument({ story, steps, addresses }: StoryDocumentProps) {
  return (
    <main>
      <h1>{story.title}</h1>
      {story.lesson !== "" && <p className="lesson">{story.lesson}</p>}
      {steps.map((told) => (
        <StepSection key={told.step.id} {...told} addresses={addresses} />
      ))}
      <footer>
        {story.source !== "" && `Source: ${story.source}. `}Simulated with Headroom; ± is half of a 95 %
        interval.
      </footer>
    </main>
  );
}

function StepSection(told: ToldStep & Pick<StoryDocumentProps, "addresses">) {
  const { step, changes, figures, claims, pictures, link, addresses } = told;
  return (
    <section>
      <h2>
        {step.label} · {step.title}
      </h2>
      <StoryText text={step.text} />
      {step.caution !== undefined && <p>{step.caution}</p>}
      {changes.length > 0 && (
        <ul className="changes">
          {changes.map((text, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two changes may have the same words
            <li key={`${place} ${text}`}>{text}</li>
          ))}
        </ul>
      )}
      {figures.length > 0 && (
        <dl className="figures">
          {figures.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {step.isLong === true && (
        <p className="aside">This step takes minutes, so it was not simulated for this page.</p>
      )}
      <div className="pictures">
        {pictures.map(({ name, alternative }) => (
          <img key={name} src={addresses.get(name)} alt={alternative} />
        ))}
      </div>
      {claims.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Claim</th>
              <th scope="col">Agrees if</th>
              <th scope="col">Simulation</th>
              <th scope="col">Verdict</th>
            </tr>
          </thead>
          <tbody>
            {claims.map(({ id, status, text, bound, value, verdict, why }) => (
              <tr key={id}>
                <td>
                  {status}: {text}
                  {why !== null && <span className="aside"> {why}</span>}
                </td>
                <td>{bound}</td>
                <td>{value}</td>
                <td>{verdict}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {link !== null && (
        <p className="aside">
          <a href={link}>Open this step in Headroom</a>
        </p>
      )}
    </section>
  );
}
