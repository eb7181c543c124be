import { Button, Card, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { GoalDetail, SmartHint } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { Advice } from '@/components/Advice'
import type { GoalSearch } from '../search'
import { Criteria } from './Criteria'
import { draftOfGoal } from './draft'
import { useDraftLanguage, useSmartHints } from './useSmartHints'

const AT_FIRST = 3

interface DraftAdviceProps {
  goal: GoalDetail
  onSearch: (change: Partial<GoalSearch>) => void
}

/** The drawer in which a piece of advice is followed. */
function drawerOf(goal: GoalDetail, { pointer }: SmartHint): Partial<GoalSearch> | null {
  const [, part, place] = pointer.split('/')
  if (part !== 'key_results') return may(goal, 'edit') ? { edit: true } : null
  const keyResult = goal.key_results[Number(place)]
  if (keyResult) return may(keyResult, 'edit') ? { key_result: keyResult.id } : null
  return may(goal, 'add_key_result') ? { key_result: 'new' } : null
}

/** Before a goal starts: which of the five are not met yet, and why. */
export function DraftAdvice({ goal, onSearch }: DraftAdviceProps) {
  const { t } = useTranslation()
  const [all, { open }] = useDisclosure()
  const data = useSmartHints(draftOfGoal(goal, useDraftLanguage()))
  if (!data) return null
  const shown = all ? data.hints : data.hints.slice(0, AT_FIRST)
  const rest = data.hints.length - shown.length
  return (
    <Card component="section" aria-label={t('smart.title')}>
      <Title order={2} mb="sm">
        {t('smart.title')}
      </Title>
      <Criteria met={data.met} />
      <Text size="sm" c="dimmed" mt="sm" mb={shown.length > 0 ? 'md' : 0}>
        {t(shown.length === 0 ? 'smart.clear' : 'smart.beforeStart')}
      </Text>
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {shown.map((hint) => {
          const drawer = drawerOf(goal, hint)
          return (
            <li key={hint.rule}>
              <Text size="xs" c="dimmed" fw={560} mb={2}>
                {t(`smart.criterion.${hint.criterion}`)}
              </Text>
              <Advice
                advice={hint.advice}
                why={hint.why}
                example={hint.example}
                moreLabel={t('smart.more')}
                action={
                  drawer && (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      aria-label={`${t('smart.follow')}: ${hint.advice}`}
                      onClick={() => onSearch(drawer)}
                    >
                      {t('smart.follow')}
                    </Button>
                  )
                }
              />
            </li>
          )
        })}
      </Stack>
      {rest > 0 && (
        <Button size="compact-sm" variant="subtle" mt="sm" onClick={open}>
          {t('smart.all', { count: rest })}
        </Button>
      )}
    </Card>
  )
}
