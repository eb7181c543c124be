import { Button, Card, Group, Stack, Text, VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getCommunicationStyleOptions } from '@/api/gen/@tanstack/react-query.gen'
import type { CoachAdvice, CoachRemark, PersonRef } from '@/api/gen/types.gen'
import { Advice } from '@/components/Advice'
import { MetBadge } from '@/components/MetBadge'
import { PARTS } from '../words'
import { type Draft, useCoachAdvice } from './useCoachAdvice'

interface CoachRemarksProps {
  draft: Draft
  /** Shows in the text what a remark is about. */
  onShow: (remark: CoachRemark) => void
}

/** A hedged sentence stays the same remark while it is rewritten. */
const keyOf = ({ rule, words }: CoachRemark) =>
  rule === 'hedged' ? rule : `${rule} ${words.toLowerCase()}`

/** How the one whom it is for likes to be spoken to, as they say themselves. */
function useStyleOf(receivers: PersonRef[]): string | null {
  const { t } = useTranslation()
  const [receiver, ...others] = receivers
  const isOne = receiver !== undefined && others.length === 0
  const { data } = useQuery({
    ...getCommunicationStyleOptions({ query: { person_id: receiver?.id ?? '' } }),
    enabled: isOne,
    retry: false,
  })
  if (!isOne || !data?.style) return null
  return t(`coach.style.${data.style}.theirs`, { name: receiver.name })
}

function Structure({ structure }: Pick<CoachAdvice, 'structure'>) {
  const { t } = useTranslation()
  return (
    <Group gap={6}>
      {PARTS.map((each) => {
        const isMet = structure.some(({ part }) => part === each)
        const part = t(`feedback.parts.${each}.label`)
        const title = t(isMet ? 'coach.holds' : 'coach.lacks', { part })
        return <MetBadge key={each} isMet={isMet} label={part} title={title} />
      })}
    </Group>
  )
}

interface RemarkProps {
  remark: CoachRemark
  /** None while the words are no longer where they were. */
  onShow: (() => void) | null
  onDismiss: () => void
}

function Remark({ remark, onShow, onDismiss }: RemarkProps) {
  const { t } = useTranslation()
  const { rule, words, softeners } = remark
  const advice = t(`coach.rule.${rule}.advice`, { words, softeners })
  return (
    <Advice
      advice={advice}
      why={t(`coach.rule.${rule}.why`)}
      moreLabel={t('coach.why')}
      action={
        onShow && (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={t('coach.showNamed', { advice })}
            onClick={onShow}
          >
            {t('coach.show')}
          </Button>
        )
      }
      onDismiss={onDismiss}
    />
  )
}

/**
 * What a reader by rules would say about a draft. It never stands in the way, and what was
 * dismissed stays away while the form is open.
 */
export function CoachRemarks({ draft, onShow }: CoachRemarksProps) {
  const { t } = useTranslation()
  const advice = useCoachAdvice(draft)
  const style = useStyleOf(draft.receivers)
  const [dismissed, setDismissed] = useState<string[]>([])
  const remarks = advice?.remarks.filter((each) => !dismissed.includes(keyOf(each))) ?? []
  const isInPlace = ({ words, start, end }: CoachRemark) =>
    words !== '' && draft.text.slice(start, end) === words
  return (
    <>
      <VisuallyHidden aria-live="polite">
        {remarks.length > 0 && t('coach.count', { count: remarks.length })}
      </VisuallyHidden>
      {(advice || style) && (
        <Card p="md" shadow="none" component="section" aria-label={t('coach.title')}>
          <Stack gap="sm">
            <div>
              <Text fw={620}>{t('coach.title')}</Text>
              {style && (
                <Text size="sm" c="dimmed">
                  {style}
                </Text>
              )}
            </div>
            {advice && <Structure structure={advice.structure} />}
            {remarks.length > 0 && (
              <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
                {remarks.map((remark) => (
                  <li key={`${keyOf(remark)} ${remark.start}`}>
                    <Remark
                      remark={remark}
                      onShow={isInPlace(remark) ? () => onShow(remark) : null}
                      onDismiss={() => setDismissed((keys) => [...keys, keyOf(remark)])}
                    />
                  </li>
                ))}
              </Stack>
            )}
          </Stack>
        </Card>
      )}
    </>
  )
}
