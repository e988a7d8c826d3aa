import * as tf from '@tensorflow/tfjs-core';
import { tensorMatchers } from './matchers/tensorMatchers.ts';

tf.env().set('IS_TEST', true); // no advice to install tfjs-node, and all checks stay on
// tfjs-core only: most of the time in which a test file starts is that of loading @tensorflow/tfjs.
expect.extend(tensorMatchers);
