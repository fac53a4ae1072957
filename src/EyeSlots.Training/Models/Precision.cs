using TorchSharp;

namespace EyeSlots.Training.Models;

/// <summary>What convolutions and dense layers compute in. Weights, normalisation and loss are float32 in each.</summary>
public enum Precision
{
    /// <summary>24 bits of mantissa.</summary>
    Float32,

    /// <summary>Products from 11 bits of mantissa, sums of 24; on NVIDIA cards.</summary>
    Tf32,

    /// <summary>8 bits of mantissa: a product's operands are cast, its weights stay float32; on NVIDIA cards.</summary>
    BFloat16,
}

/// <summary>The type that the layers of one network cast to: one object that all of them look at, because TorchSharp has no autocast.</summary>
internal sealed class ComputeType
{
    /// <summary>What is in force.</summary>
    internal Precision Precision { get; set; }

    /// <summary>The tensor as an operand: itself where nothing is to be cast. Gradients come back in the tensor's own type.</summary>
    internal torch.Tensor Cast(torch.Tensor tensor) => Precision == Precision.BFloat16 ? tensor.to(torch.ScalarType.BFloat16) : tensor;
}
