import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TemplateKeyResult } from '@/api/gen/types.gen'
import { useBandText } from '../KeyResultValue'
import { isRange } from '../kinds'
import { useValueText } from '../useValueText'

/** "210 € → 150 €", "at least 99.9 %", "4 milestones", "Yes or no" */
function useMeasureText() {
  const { t } = useTranslation()
  const valueText = useValueText()
  const bandText = useBandText()
  return (measure: TemplateKeyResult): string => {
    if (isRange(measure.kind)) {
      const start = valueText({ ...measure, unit: null }, measure.start ?? '0')
      const currency = valueText(measure, measure.start ?? '0')
      const target = valueText(measure, measure.target ?? '0')
      return `${measure.kind === 'currency' ? currency : start} → ${target}`
    }
    if (measure.kind === 'maintain') return bandText(measure)
    if (measure.kind === 'milestones') {
      return t('template.steps', { count: measure.milestones.length })
    }
    return t(`keyResult.kinds.${measure.kind}`)
  }
}

/** What a goal that begins with the template would be measured by. */
export function TemplateMeasures({ measures }: { measures: TemplateKeyResult[] }) {
  const textOf = useMeasureText()
  return (
    <Text size="xs" c="dimmed" component="ul" m={0} mt={8} pl={18}>
      {measures.map((measure) => (
        <li key={measure.title}>
          {measure.title}: {textOf(measure)}
        </li>
      ))}
    </Text>
  )
}
