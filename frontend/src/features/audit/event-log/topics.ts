import { useTranslation } from 'react-i18next'

type Words = Record<string, Record<string, string>>

/** What happened, in words; a topic that nobody has words for yet stands for itself. */
export function useTopics() {
  const { t, i18n } = useTranslation()
  const words = t('eventLog.topics', { returnObjects: true }) as Words
  const textOf = (topic: string): string => {
    const key = `eventLog.topics.${topic}`
    return i18n.exists(key) ? t(key as 'eventLog.topics.auth.signed_in') : topic
  }
  const known = Object.entries(words).flatMap(([domain, facts]) =>
    Object.keys(facts).map((fact) => `${domain}.${fact}`),
  )
  return { known, textOf }
}
