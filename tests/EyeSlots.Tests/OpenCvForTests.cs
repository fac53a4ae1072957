using System.Runtime.CompilerServices;
using EyeSlots.Preprocessing.Cropping;

namespace EyeSlots.Tests;

/// <summary>Tests that call OpenCV before they call the product still find its library, which the product's own initializer registers.</summary>
internal static class OpenCvForTests
{
#pragma warning disable CA2255 // Whichever test runs first must find the library.
    [ModuleInitializer]
    public static void Register() => RuntimeHelpers.RunModuleConstructor(typeof(SlotCropper).Module.ModuleHandle);
#pragma warning restore CA2255
}
