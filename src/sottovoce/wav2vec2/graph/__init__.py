"""The encoders and heads as ONNX graphs, laid out for a CPU: matrix products, channels last."""
