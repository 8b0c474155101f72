"""The hybrid model in Keras 3, and the ONNX file that it leaves."""
