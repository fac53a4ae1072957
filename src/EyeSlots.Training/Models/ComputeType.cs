using TorchSharp;

namespace EyeSlots.Training.Models;

/// <summary>The type that the layers of one network cast to: one object that all of them look at, because TorchSharp has no autocast.</summary>
internal sealed class ComputeType
{
    /// <summary>What is in force.</summary>
    internal Precision Precision { get; set; }

    /// <summary>The tensor as an operand: itself where nothing is to be cast. Gradients come back in the tensor's own type.</summary>
    internal torch.Tensor Cast(torch.Tensor tensor) => Precision == Precision.BFloat16 ? tensor.to(torch.ScalarType.BFloat16) : tensor;
}
