import { Group, Radio, Stack, Text } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FeedbackVisibility } from '@/api/gen/types.gen'
import { AUDIENCE_ICON, type Between, useAudienceText } from './audience'
import classes from './Feedback.module.css'

interface AudienceChoiceProps<Choice extends FeedbackVisibility> {
  label: string
  choices: Choice[]
  between: Between
  /** Other words than the usual for a choice. */
  titleOf?: (visibility: Choice) => string
  value: Choice
  onChange: (visibility: Choice) => void
  error?: ReactNode
}

/** Who will read it: each choice says it in words, with the names. */
export function AudienceChoice<Choice extends FeedbackVisibility>(
  props: AudienceChoiceProps<Choice>,
) {
  const { label, choices, between, value, onChange, error } = props
  const { t } = useTranslation()
  const usual = (visibility: FeedbackVisibility) => t(`audience.choice.${visibility}`)
  const titleOf = props.titleOf ?? usual
  const audienceText = useAudienceText()
  const readers = (visibility: FeedbackVisibility) =>
    visibility === 'public' ? t('audience.onTheWall') : audienceText(visibility, between)
  return (
    <Radio.Group
      label={label}
      value={value}
      onChange={(next) => onChange(next as Choice)}
      error={error}
    >
      <Stack gap={8} mt={6}>
        {choices.map((visibility) => {
          const Shape: Icon = AUDIENCE_ICON[visibility]
          return (
            <Radio.Card
              key={visibility}
              value={visibility}
              className={classes.choice}
              aria-label={`${titleOf(visibility)}: ${readers(visibility)}`}
            >
              <Radio.Indicator mt={2} />
              <div style={{ flex: 1, minWidth: 0 }}>
                <Group gap={6} wrap="nowrap">
                  <Shape size={16} stroke={1.7} aria-hidden />
                  <Text size="sm" fw={570}>
                    {titleOf(visibility)}
                  </Text>
                </Group>
                <Text size="xs" c="dimmed">
                  {readers(visibility)}
                </Text>
              </div>
            </Radio.Card>
          )
        })}
      </Stack>
    </Radio.Group>
  )
}
