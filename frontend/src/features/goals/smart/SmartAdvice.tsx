import { Box, Card, Text, VisuallyHidden } from '@mantine/core'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pathOfPointer } from '@/api/fieldErrors'
import type { GoalDraft, SmartHint, SmartHints } from '@/api/gen/types.gen'
import { Advice } from '@/components/Advice'
import { Criteria } from './Criteria'
import { useSmartHints } from './useSmartHints'

interface Given {
  hints: SmartHint[]
  met: SmartHints['met']
  /** Where the fields of the form lie in the draft. */
  base: string
  dismiss: (rule: SmartHint['rule']) => void
}

const Hints = createContext<Given | null>(null)

interface SmartAdviceProps {
  draft: GoalDraft
  base?: string
  children: ReactNode
}

/**
 * Asks for advice on what is being written, for whatever field within wants to show it. It never
 * stands in the way, and what was dismissed stays away while the form is open.
 */
export function SmartAdvice({ draft, base = '', children }: SmartAdviceProps) {
  const data = useSmartHints(draft)
  const [dismissed, setDismissed] = useState<SmartHint['rule'][]>([])
  const given = data && {
    base,
    met: data.met,
    hints: data.hints.filter(({ rule }) => !dismissed.includes(rule)),
    dismiss: (rule: SmartHint['rule']) => setDismissed((rules) => [...rules, rule]),
  }
  return <Hints.Provider value={given ?? null}>{children}</Hints.Provider>
}

interface WithHintProps {
  /** The fields that the advice is about, as the form names them. */
  at: string | string[]
  children: ReactNode
}

/** A field, and below it what would make it clearer. */
export function WithHint({ at, children }: WithHintProps) {
  const { t } = useTranslation()
  const given = useContext(Hints)
  const names = [at].flat().map((name) => `${given?.base ?? ''}${name}`)
  const hints = given?.hints.filter(({ pointer }) => names.includes(pathOfPointer(pointer)))
  return (
    <div>
      {children}
      {hints?.map((hint) => (
        <Box key={hint.rule} mt={8}>
          <Advice
            advice={hint.advice}
            why={hint.why}
            example={hint.example}
            moreLabel={t('smart.more')}
            onDismiss={() => given?.dismiss(hint.rule)}
          />
        </Box>
      ))}
    </div>
  )
}

/** Tells those who do not see the page that there is advice, once they pause. */
export function SmartNews() {
  const { t } = useTranslation()
  const given = useContext(Hints)
  const here = given?.hints.filter(({ pointer }) => pathOfPointer(pointer).startsWith(given.base))
  return (
    <VisuallyHidden aria-live="polite">
      {here && here.length > 0 && t('smart.count', { count: here.length })}
    </VisuallyHidden>
  )
}

/** Which of the five are met by now. The advice itself stands beside the fields. */
export function SmartSummary() {
  const { t } = useTranslation()
  const given = useContext(Hints)
  return (
    <>
      <SmartNews />
      {given && (
        <Card p="md" shadow="none" component="section" aria-label={t('smart.title')}>
          <Text fw={620} mb={8}>
            {t('smart.title')}
          </Text>
          <Criteria met={given.met} />
          <Text size="xs" c="dimmed" mt="sm">
            {t(given.met.length === 5 ? 'smart.clear' : 'smart.beside')}
          </Text>
        </Card>
      )}
    </>
  )
}
