import '@xyflow/react/dist/style.css'
import { Anchor, Card, Text, useComputedColorScheme } from '@mantine/core'
import { Background, Controls, type Node, ReactFlow, type ReactFlowProps } from '@xyflow/react'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Canvas.module.css'

interface CanvasProps<Shown extends Node> extends ReactFlowProps<Shown> {
  /** What is drawn, for those who hear it. */
  label: string
  frame?: Ref<HTMLDivElement>
}

/** A drawing that is moved and zoomed but never changed: an org chart, a map of goals. */
export function Canvas<Shown extends Node>({ label, frame, ...drawing }: CanvasProps<Shown>) {
  const { t } = useTranslation()
  const scheme = useComputedColorScheme('light')
  return (
    <>
      <Card ref={frame} className={classes.frame}>
        <ReactFlow<Shown>
          aria-label={label}
          colorMode={scheme}
          minZoom={0.1}
          maxZoom={1.6}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          onlyRenderVisibleElements
          ariaLabelConfig={{
            'controls.ariaLabel': t('canvas.controls'),
            'controls.zoomIn.ariaLabel': t('canvas.zoomIn'),
            'controls.zoomOut.ariaLabel': t('canvas.zoomOut'),
            'controls.fitView.ariaLabel': t('canvas.fit'),
          }}
          // Below, where it lies on nobody's card.
          proOptions={{ hideAttribution: true }}
          {...drawing}
        >
          <Background gap={24} />
          <Controls showInteractive={false} />
        </ReactFlow>
      </Card>
      <Text size="xs" c="dimmed" ta="right" mt={4} className="no-print">
        <Anchor href="https://reactflow.dev" c="inherit" fz="inherit" target="_blank">
          React Flow
        </Anchor>
      </Text>
    </>
  )
}
